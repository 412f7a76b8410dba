const Stripe = require('stripe');
exports = async (url) => {
  const { hostname, port } = new (require('url').URL)(url);
  const stripe = new Stripe('sk_test_1', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
  const made = await stripe.customers.create({ email: 'a@b.c', metadata: { k: 'v' } });
  equal([made.path, made.headers.authorization, made.body], ['/v1/customers', 'Bearer sk_test_1', 'email=a%40b.c&metadata[k]=v']);
  const payload = JSON.stringify({ id: 'evt_1', object: 'event' });
  const header = stripe.webhooks.generateTestHeaderString({ payload, secret: 'whsec_1' });
  equal(stripe.webhooks.constructEvent(payload, header, 'whsec_1').id, 'evt_1');
  let message;
  try {
    stripe.webhooks.constructEvent(payload + ' ', header, 'whsec_1');
  } catch (e) {
    message = e.type;
  }
  equal(message, 'StripeSignatureVerificationError');
};
