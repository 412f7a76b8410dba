// `tls`: secure connections, from their beginning or over one that is there (`STARTTLS`). The host's TLS proves
// who is at the other end; a program's own `checkServerIdentity` may only refuse more.
const net = require('net');

const { _argumentsOf: argumentsOf, _failure: failure } = net;

const unsupported = (what) => Object.assign(new Error(`tls: ${what} is not supported`), { code: 'ENOTSUP' });

const texts = (given) => {
  if (given === undefined || given === null) return [];
  return [].concat(given).map((each) => (typeof each === 'string' ? each : Buffer.from(each).toString()));
};

// `CN=a,O=b` as { CN: 'a', O: 'b' }.
const named = (text) => Object.fromEntries((text || '').split(/,(?=[A-Za-z.0-9]+=)/).filter(Boolean).map((each) => each.split(/=(.*)/s, 2)));

const labels = (name) => name.replace(/\.$/, '').toLowerCase().split('.');

// Whether a name of a certificate is that of a host. A star stands for a part of the first of three labels or more.
const isName = (pattern, host) => {
  const [first, ...rest] = labels(pattern);
  const [mine, ...others] = labels(host);
  if (first === '' || rest.includes('') || /[^!-~]/.test(pattern) || rest.join('.') !== others.join('.')) return false;
  const parts = first.split('*');
  if (parts.length === 1 || first.includes('xn--')) return first === mine;
  const [before, after] = parts;
  return parts.length === 2 && rest.length > 1 && mine.length >= before.length + after.length && mine.startsWith(before) && mine.endsWith(after);
};

// An address in the one form that all its spellings have.
const canonical = (address) => (net.isIPv6(address) ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address);

const whyNot = (hostname, certificate) => {
  const told = certificate.subjectaltname;
  const names = told ? String(told).split(', ') : [];
  const of = (kind) => names.filter((each) => each.startsWith(kind)).map((each) => each.slice(kind.length));
  if (net.isIP(hostname)) {
    const addresses = of('IP Address:').map(canonical);
    return addresses.includes(canonical(hostname)) ? undefined : `IP: ${hostname} is not in the cert's list: ${addresses.join(', ')}`;
  }
  const hosts = of('DNS:');
  const common = (certificate.subject && certificate.subject.CN) || [];
  if (hosts.length > 0) return hosts.some((each) => isName(each, hostname)) ? undefined : `Host: ${hostname}. is not in the cert's altnames: ${told}`;
  if (common.length === 0) return 'Cert does not contain a DNS name';
  return [].concat(common).some((each) => isName(each, hostname)) ? undefined : `Host: ${hostname}. is not cert's CN: ${common}`;
};

// An error unless a certificate, as `getPeerCertificate` gives it, is that of a host.
const checkServerIdentity = (hostname, cert) => {
  const host = String(hostname).replace(/\.$/, '');
  const reason = whyNot(host, cert);
  if (reason === undefined) return undefined;
  const error = new Error(`Hostname/IP does not match certificate's altnames: ${reason}`);
  return Object.assign(error, { code: 'ERR_TLS_CERT_ALTNAME_INVALID', reason, host, cert });
};

class TLSSocket extends net.Socket {
  #options;
  #told = {};

  constructor(socket, options) {
    super(options);
    this.#options = options || {};
    Object.assign(this, { encrypted: true, authorized: false, authorizationError: null, alpnProtocol: false, servername: null });
    for (const name of ['cert', 'key', 'pfx']) if (this.#options[name]) throw unsupported('a certificate of a client');
    if (socket) this.#over(socket);
  }

  // Takes a connection over: what comes on it is ours from now on.
  #over(socket) {
    if (!(socket instanceof net.Socket) || socket instanceof TLSSocket) throw unsupported('a stream that is no connection');
    this._host = socket._host;
    const begin = () => {
      const link = socket._link;
      if (link === undefined || socket.destroyed) {
        this.destroy(Object.assign(new Error('the connection is closed'), { code: 'ECONNRESET' }));
        return;
      }
      socket._stopTimers();
      this._link = link;
      this._reading = socket._reading;
      link.owner = this;
      Object.assign(this, { remoteAddress: socket.remoteAddress, remotePort: socket.remotePort, remoteFamily: socket.remoteFamily });
      this.once('close', () => socket.destroy());
      this.#secure();
    };
    this.connecting = true;
    if (socket.connecting) socket.once('connect', begin);
    else process.nextTick(begin);
    socket.once('error', (error) => this.destroy(error));
  }

  _secured() {
    const { servername, ca, rejectUnauthorized, host: name } = this.#options;
    const wanted = String(servername || name || this._host || 'localhost');
    this.servername = net.isIP(wanted) ? null : wanted;
    return { secure: true, servername: wanted, ca: texts(ca), rejectUnauthorized: rejectUnauthorized !== false };
  }

  _connected(answer) {
    this.connecting = false;
    this._link = { id: answer.id, owner: this };
    Object.assign(this, { remoteAddress: answer.address, remotePort: answer.port, remoteFamily: net.isIPv6(answer.address) ? 'IPv6' : 'IPv4' });
    this.emit('connect');
    this.#isSecure(answer);
  }

  #secure() {
    this._touch();
    host.net('secure', { ...this._secured(), id: this._link.id }, (error, told) => {
      if (this.destroyed) return;
      if (error) {
        this.authorizationError = host.codeOf(error);
        this.destroy(failure(error, 'connect'));
      } else this.#isSecure(told);
    });
  }

  #isSecure(told) {
    this.#told = told;
    this.connecting = false;
    const { checkServerIdentity: check, rejectUnauthorized } = this.#options;
    const refused = typeof check === 'function' && rejectUnauthorized !== false && check(this._secured().servername, this.getPeerCertificate());
    if (refused) {
      this.authorizationError = refused.code || refused.message;
      this.destroy(refused);
      return;
    }
    this.authorized = this.#options.rejectUnauthorized !== false;
    this._touch();
    this._start();
    this.emit('secureConnect');
    this.emit('secure');
  }

  getProtocol() {
    return this.#told.protocol || null;
  }
  getCipher() {
    const name = this.#told.cipher;
    return name === undefined ? undefined : { name, standardName: name, version: this.#told.protocol };
  }
  getPeerCertificate() {
    const { subject, issuer, from, to, names } = this.#told;
    if (subject === undefined) return {};
    const told = { subject: named(subject), issuer: named(issuer), valid_from: from, valid_to: to };
    return names === undefined ? told : { ...told, subjectaltname: names };
  }
  getSession() {
    return undefined;
  }
  isSessionReused() {
    return false;
  }
  getFinished() {
    return undefined;
  }
  setServername(name) {
    this.#options = { ...this.#options, servername: name };
  }
  disableRenegotiation() {}
  setMaxSendFragment() {
    return false;
  }
}

const connect = (...all) => {
  let [options, callback] = argumentsOf(all);
  // (port, host, options) and (port, options).
  for (const each of all.slice(1)) if (typeof each === 'object' && each !== null) options = { ...each, ...options };
  const socket = new TLSSocket(options.socket, options);
  if (callback) socket.once('secureConnect', callback);
  if (options.timeout) socket.setTimeout(options.timeout);
  return options.socket ? socket : socket.connect(options);
};

module.exports = {
  TLSSocket,
  Server: net.Server,
  connect,
  createServer: net.createServer,
  createSecureContext: (options) => ({ context: { ...options } }),
  checkServerIdentity,
  rootCertificates: [],
  getCiphers: () => ['tls_aes_256_gcm_sha384', 'tls_aes_128_gcm_sha256', 'ecdhe-rsa-aes128-gcm-sha256', 'ecdhe-rsa-aes256-gcm-sha384'],
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
};
