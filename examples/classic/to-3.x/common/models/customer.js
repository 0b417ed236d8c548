'use strict';

module.exports = function(Customer) {
  Customer.disableRemoteMethodByName('prototype.__delete__shops');

  Customer.afterRemote('create', function(ctx, customer, next) {
    Customer.app.models.Email.send({
      to: customer.email,
      from: 'noreply@example.com',
      subject: 'Welcome',
      text: 'Welcome, ' + customer.username
    }, function(err) {
      if (err) return next(err);
      ctx.res.setHeader('X-Welcome', 'sent');
      next();
    });
  });
};
