exports = ({ card, when, amount, options }) => {
  if (options !== undefined) throw new Error('the device is no business of this function');
  if (card === 'stolen') throw new Error('that card is not good');
  return card === 'jo' ? { id: `${card} ${when.getTime()} ${amount}`, name: card } : card;
};
