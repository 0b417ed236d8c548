'use strict';

module.exports = function(Review) {
  Review.validatesInclusionOf('rating', {in: [1, 2, 3, 4, 5]});
};
