module.exports = require('./made.js')('domain', ['create', 'createDomain', 'Domain'], { active: null });
