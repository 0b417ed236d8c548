'use strict';

module.exports = function() {
  return function currentUser(req, res, next) {
    if (!req.accessToken) return next();
    req.app.models.Customer.findById(req.accessToken.userId, function(err, customer) {
      if (err) return next(err);
      req.currentUser = customer;
      next();
    });
  };
};
