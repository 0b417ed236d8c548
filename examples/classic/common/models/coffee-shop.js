'use strict';

var loopback = require('loopback');

module.exports = function(CoffeeShop) {
  CoffeeShop.validatesLengthOf('name', {min: 3, message: {min: 'Name is too short'}});

  CoffeeShop.status = function(hour, cb) {
    var response = hour >= 6 && hour < 20 ? 'We are open for business.' : 'Sorry, we are closed. Open daily from 6am to 8pm.';
    process.nextTick(function() {
      cb(null, response);
    });
  };

  CoffeeShop.remoteMethod('status', {
    http: {path: '/status', verb: 'get'},
    accepts: {arg: 'hour', type: 'number', required: true, http: {source: 'query'}},
    returns: {arg: 'status', type: 'string'}
  });

  CoffeeShop.whoami = function(cb) {
    var ctx = loopback.getCurrentContext();
    var user = ctx && ctx.get('currentUser');
    cb(null, user ? user.username : null);
  };

  CoffeeShop.remoteMethod('whoami', {
    http: {path: '/whoami', verb: 'get'},
    returns: {arg: 'username', type: 'string'}
  });

  CoffeeShop.prototype.discount = function(percent, cb) {
    if (percent > 50) {
      var err = new Error('No more than half');
      err.statusCode = 422;
      err.code = 'TOO_MUCH';
      return cb(err);
    }
    this.updateAttributes({price: this.price * (100 - percent) / 100}, cb);
  };

  CoffeeShop.remoteMethod('discount', {
    isStatic: false,
    http: {path: '/discount', verb: 'post'},
    accepts: {arg: 'percent', type: 'number', required: true},
    returns: {arg: 'shop', type: 'CoffeeShop', root: true}
  });

  CoffeeShop.beforeRemote('create', function(ctx, unused, next) {
    ctx.args.data.ownerId = ctx.req.accessToken.userId;
    next();
  });

  CoffeeShop.observe('before save', function(ctx, next) {
    var context = loopback.getCurrentContext();
    var user = context && context.get('currentUser');
    var target = ctx.instance || ctx.data;
    if (user) target.editor = user.username;
    next();
  });

  CoffeeShop.disableRemoteMethod('createChangeStream', true);
  CoffeeShop.disableRemoteMethod('upsert', true);
  CoffeeShop.disableRemoteMethod('updateAll', true);
};
