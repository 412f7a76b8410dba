// Called by an expression: only true lets the request in.
exports = async function isOpenShop(shop) {
  return context.environment.values.shops.includes(shop);
};
