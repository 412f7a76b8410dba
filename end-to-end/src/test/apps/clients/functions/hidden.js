exports = () => 'a secret';
