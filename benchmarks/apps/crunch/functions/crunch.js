// Builds objects, writes them as JSON, reads them back and adds up: work for the processor alone.
exports = async function (request, response) {
  const orders = [];
  for (let i = 0; i < 20000; i++) {
    orders.push({
      id: i,
      customer: 'customer ' + (i % 100),
      cents: (i * 7919) % 10007,
      paid: i % 3 === 0,
    });
  }
  const text = JSON.stringify(orders);
  let cents = 0;
  for (const order of JSON.parse(text)) {
    if (order.paid) {
      cents += order.cents;
    }
  }
  response.setStatusCode(200);
  response.setHeader('Content-Type', 'application/json');
  response.setBody(JSON.stringify({ cents, length: text.length }));
};
