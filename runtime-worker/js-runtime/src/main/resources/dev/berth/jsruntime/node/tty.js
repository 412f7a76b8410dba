const noTerminal = (name) =>
  function () {
    throw new Error(`tty.${name} is not supported: there is no terminal`);
  };

module.exports = { isatty: () => false, ReadStream: noTerminal('ReadStream'), WriteStream: noTerminal('WriteStream') };
