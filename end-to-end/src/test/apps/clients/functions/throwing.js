exports = () => { throw new Error('no luck'); };
