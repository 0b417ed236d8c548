'use strict';

module.exports = function(Model, options) {
  Model.defineProperty(options.field, {type: Date, default: '$now'});
};
