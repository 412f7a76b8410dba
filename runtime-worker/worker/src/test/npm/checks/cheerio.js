const cheerio = require('cheerio');
exports = () => {
  const $ = cheerio.load('<ul><li class="a">One</li><li>Two</li></ul>');
  equal($('li').map((i, each) => $(each).text()).get(), ['One', 'Two']);
  $('.a').attr('x', '1').text('<b>');
  equal($('ul').html(), '<li class="a" x="1">&lt;b&gt;</li><li>Two</li>');
};
