'use strict';

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

  CoffeeShop.whoami = function(options, cb) {
    var user = options && options.currentUser;
    cb(null, user ? user.username : null);
  };

  CoffeeShop.remoteMethod('whoami', {
    http: {path: '/whoami', verb: 'get'},
    accepts: {arg: 'options', type: 'object', http: 'optionsFromRequest'},
    returns: {arg: 'username', type: 'string'}
  });

  CoffeeShop.prototype.discount = function(percent, options, cb) {
    if (percent > 50) {
      var err = new Error('No more than half');
      err.statusCode = 422;
      err.code = 'TOO_MUCH';
      return cb(err);
    }
    this.updateAttributes({price: this.price * (100 - percent) / 100}, options, cb);
  };

  CoffeeShop.remoteMethod('discount', {
    isStatic: false,
    http: {path: '/discount', verb: 'post'},
    accepts: [
      {arg: 'percent', type: 'number', required: true},
      {arg: 'options', type: 'object', http: 'optionsFromRequest'}
    ],
    returns: {arg: 'shop', type: 'CoffeeShop', root: true}
  });

  CoffeeShop.beforeRemote('create', function(ctx, unused, next) {
    ctx.args.data.ownerId = ctx.req.accessToken.userId;
    next();
  });

  CoffeeShop.createOptionsFromRemotingContext = function(ctx) {
    var options = this.base.createOptionsFromRemotingContext(ctx);
    options.currentUser = ctx.req.currentUser;
    return options;
  };

  CoffeeShop.observe('before save', function(ctx, next) {
    var user = ctx.options && ctx.options.currentUser;
    var target = ctx.instance || ctx.data;
    if (user) target.editor = user.username;
    next();
  });

  CoffeeShop.disableRemoteMethodByName('createChangeStream');
  CoffeeShop.disableRemoteMethodByName('patchOrCreate');
  CoffeeShop.disableRemoteMethodByName('updateAll');
};
