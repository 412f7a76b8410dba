class Channel {
  constructor(name) {
    this.name = name;
    this.hasSubscribers = false;
  }
  subscribe() {}
  unsubscribe() {
    return false;
  }
  publish() {}
}

module.exports = { Channel, channel: (name) => new Channel(name), hasSubscribers: () => false, subscribe() {}, unsubscribe: () => false };
