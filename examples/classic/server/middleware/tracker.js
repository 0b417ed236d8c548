'use strict';

module.exports = function(options) {
  return function tracker(req, res, next) {
    res.setHeader(options.header, 'classic');
    next();
  };
};
