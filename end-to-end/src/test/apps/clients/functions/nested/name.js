exports = (name) => name;
