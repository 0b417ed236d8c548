'use strict';

module.exports = function(app, cb) {
  var Customer = app.models.Customer;
  var CoffeeShop = app.models.CoffeeShop;
  var Role = app.models.Role;
  var RoleMapping = app.models.RoleMapping;

  Customer.create([
    {username: 'john', email: 'john@doe.com', password: 'opensesame'},
    {username: 'jane', email: 'jane@doe.com', password: 'opensesame'},
    {username: 'bob', email: 'bob@projects.com', password: 'opensesame'}
  ], function(err, customers) {
    if (err) return cb(err);

    customers[0].shops.create({name: 'Bel Cafe', city: 'Vancouver', price: 3}, function(err, shop) {
      if (err) return cb(err);

      CoffeeShop.create([
        {name: 'Three Bees Coffee House', city: 'San Mateo', price: 2, ownerId: customers[1].id},
        {name: 'Caffe Artigiano', city: 'Vancouver', price: 5, ownerId: customers[1].id}
      ], function(err) {
        if (err) return cb(err);

        shop.reviews.create({rating: 4, text: 'Good.', authorId: customers[1].id}, function(err) {
          if (err) return cb(err);

          // create the admin role
          Role.create({name: 'admin'}, function(err, role) {
            if (err) return cb(err);

            // make bob an admin
            role.principals.create({
              principalType: RoleMapping.USER,
              principalId: customers[2].id
            }, function(err) {
              cb(err);
            });
          });
        });
      });
    });
  });
};
