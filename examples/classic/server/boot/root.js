'use strict';

module.exports = function(server) {
  // Install a `/status` route that returns server status
  var router = server.loopback.Router();
  router.get('/status', server.loopback.status());
  router.get('/hello/:name', function(req, res) {
    res.send('Hello, ' + req.params.name + '!');
  });
  server.use(router);
};
