const bcrypt = require('bcryptjs');
exports = async () => {
  const hash = await bcrypt.hash('password', 4);
  equal(await bcrypt.compare('password', hash), true);
  equal(await bcrypt.compare('other', hash), false);
  equal(bcrypt.compareSync('abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'), true);
};
