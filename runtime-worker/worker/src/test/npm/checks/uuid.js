const uuid = require('uuid');
exports = () => {
  equal(uuid.validate(uuid.v4()), true);
  equal(uuid.version(uuid.v1()), 1);
  equal(uuid.v5('www.example.com', uuid.v5.DNS), '2ed6657d-e927-568b-95e1-2665a8aea6a2');
  equal(uuid.v4() === uuid.v4(), false);
};
