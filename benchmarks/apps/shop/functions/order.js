// Prices an order and answers with its receipt. {shop} is replaced in each copy of this app.
const SHOP = '{shop}';
const TAX_PERCENT = 19;

const PRICES = new Map([
  ['tea', { cents: 450, grams: 100 }],
  ['cup', { cents: 1290, grams: 320 }],
  ['pot', { cents: 3875, grams: 1100 }],
]);

function priced({ article, count }) {
  const known = PRICES.get(article);
  if (known === undefined) {
    throw new Error(`${SHOP} sells no ${article}`);
  }
  return { article, count, cents: known.cents * count, grams: known.grams * count };
}

exports = async function (request, response) {
  const { name } = JSON.parse(request.body.text());
  const wanted = [{ article: 'tea', count: 3 }, { article: 'cup', count: 2 }, { article: 'pot', count: 1 }];
  const lines = wanted.map(priced);
  const sum = (key) => lines.reduce((total, line) => total + line[key], 0);
  const shipping = await context.functions.execute('shipping', sum('grams'));
  const net = sum('cents') + shipping;
  const tax = Math.round((net * TAX_PERCENT) / 100);
  response.setStatusCode(200);
  response.setHeader('Content-Type', 'application/json');
  response.setBody(JSON.stringify({ shop: SHOP, customer: name, articles: lines.length, net, tax, gross: net + tax }));
};
