'use strict';

var loopback = require('loopback');

module.exports = function() {
  return function currentUser(req, res, next) {
    var ctx = loopback.getCurrentContext();
    if (!ctx || !req.accessToken) return next();
    req.app.models.Customer.findById(req.accessToken.userId, function(err, customer) {
      if (err) return next(err);
      ctx.set('currentUser', customer);
      next();
    });
  };
};
