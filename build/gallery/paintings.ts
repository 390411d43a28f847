// The paintings behind the shipped styles, in the order of the code table after its identity row.
import type { MarkKind } from '../../src-main/contract/style.ts';
import type { StyleCard, StyleTag, Worded } from '../../src-main/contract/style-card.ts';

/** A style's slug, and its card without what is measured and without the sentence all share. */
export interface GalleryPainting extends Omit<StyleCard, 'meters' | 'sale' | 'tags'> {
  readonly slug: string;
  readonly tags: readonly StyleTag[];
  /** What the painting's colours lie side by side in, where it is not strokes. */
  readonly marks?: MarkKind;
}

type Painter = Pick<StyleCard, 'painter' | 'painterDied'>;

const both = (en: string, zhCN: string): Worded => ({ en, 'zh-CN': zhCN });
/** A year that holds words. */
const yearIn = (en: string, zhCN: string): Pick<StyleCard, 'year' | 'yearWords'> => ({ year: en, yearWords: both(en, zhCN) });
const painterOf = (en: string, zhCN: string, painterDied: number): Painter => ({ painter: both(en, zhCN), painterDied });

/** True of every style here: each painter died more than seventy years ago. */
export const sale = both(
  'Pictures you make with this style may be sold: the painter died more than seventy years ago, and the style has the program’s own licence.',
  '用这种画风画成的图片可以出售：画家去世已逾七十年，画风本身与程序使用同一许可。',
);

const cross = painterOf('Henri-Edmond Cross', '亨利-埃德蒙·克罗斯', 1910);
const gauguin = painterOf('Paul Gauguin', '保罗·高更', 1903);
const hokusai = painterOf('Katsushika Hokusai', '葛饰北斋', 1849);
const kandinsky = painterOf('Wassily Kandinsky', '瓦西里·康定斯基', 1944);
const matisse = painterOf('Henri Matisse', '亨利·马蒂斯', 1954);
const mondrian = painterOf('Piet Mondrian', '皮特·蒙德里安', 1944);
const monet = painterOf('Claude Monet', '克劳德·莫奈', 1926);
const munch = painterOf('Edvard Munch', '爱德华·蒙克', 1944);
const picabia = painterOf('Francis Picabia', '弗朗西斯·毕卡比亚', 1953);
const vanGogh = painterOf('Vincent van Gogh', '文森特·梵高', 1890);
const zhang = painterOf('Zhang Zeduan', '张择端', 1145);

const oil = both('oil on canvas', '布面油画');
const oilOnWood = both('oil on wood', '木板油画');
const woodblock = both('colour woodblock print', '彩色木版画');

const met = both('The Metropolitan Museum of Art, New York', '大都会艺术博物馆，纽约');
const metPrint = both('prints in many collections, among them The Metropolitan Museum of Art, New York', '多处收藏的版画，其中有纽约大都会艺术博物馆');
const orsay = both('Musée d’Orsay, Paris', '奥赛博物馆，巴黎');
const washington = both('National Gallery of Art, Washington', '国家美术馆，华盛顿');
const vanGoghMuseum = both('Van Gogh Museum, Amsterdam', '梵高博物馆，阿姆斯特丹');
const notVerified = both('location not verified', '收藏地未经核实');

const scan = (repository: string, licence: string, remark?: string): string =>
  `Scan from the public repository ${repository} (${licence}); the work itself is in the public domain.${remark === undefined ? '' : ` ${remark}`}`;
const noLicence = 'no licence stated';
const squared = 'The scan was resized to a square before it was published, so proportions differ from the original.';
const harmonization = 'luanfujun/deep-painterly-harmonization';
const neuralStyle = 'jcjohnson/neural-style';
const styleImages = 'gordicaleksa/pytorch-neural-style-transfer';
const crazyWorld = 'fujunwei/webnn-samples, from acerwebai/VangoghCrazyWorld-Web';

export const paintings: readonly GalleryPainting[] = [
  { slug: 'cross-landscape', marks: 'dots', ...cross, title: both('Neo-Impressionist Landscape', '新印象派风景'), ...yearIn('c. 1890s–1900s', '约1890至1900年代'), medium: oil, heldAt: notVerified,
    tags: ['pointillism', 'oil', 'landscape'], source: scan(harmonization, noLicence, 'Signed; title and date are not verified.') },
  { slug: 'gauguin-tahiti', ...gauguin, title: both('Three Tahitian Women', '三个塔希提女人'), year: '1896', medium: oilOnWood, heldAt: met,
    tags: ['oil', 'flat', 'post-impressionism'], source: scan(styleImages, 'MIT', 'Identified by eye, from the signature and date on it.') },
  { slug: 'hokusai-great-wave', ...hokusai, title: both('The Great Wave off Kanagawa', '神奈川冲浪里'), ...yearIn('c. 1831', '约1831年'), medium: woodblock, heldAt: metPrint,
    tags: ['woodcut', 'flat', 'seascape'], source: scan('alvina-dr/hokusai-fuji', noLicence) },
  { slug: 'hokusai-lake-suwa', ...hokusai, title: both('Lake Suwa in Shinano Province', '信州诹访湖'), ...yearIn('c. 1830–32', '约1830–32年'), medium: woodblock, heldAt: metPrint,
    tags: ['woodcut', 'flat', 'landscape'], source: scan('alvina-dr/hokusai-fuji', noLicence) },
  { slug: 'kandinsky-composition-vii', ...kandinsky, title: both('Composition VII', '构图七号'), year: '1913', medium: oil, heldAt: both('Tretyakov Gallery, Moscow', '特列季亚科夫画廊，莫斯科'),
    tags: ['abstract', 'expressionism', 'oil'], source: scan('czczup/URST', 'Apache-2.0') },
  { slug: 'matisse-woman-with-a-hat', ...matisse, title: both('Woman with a Hat', '戴帽子的女人'), year: '1905', medium: oil, heldAt: both('San Francisco Museum of Modern Art', '旧金山现代艺术博物馆'),
    tags: ['fauvism', 'oil', 'portrait'], source: scan(neuralStyle, 'MIT') },
  { slug: 'mondrian-composition-1913', ...mondrian, title: both('Tableau No. 2 / Composition No. VII', '画面二号／构图七号'), year: '1913', medium: oil,
    heldAt: both('Solomon R. Guggenheim Museum, New York', '所罗门·R·古根海姆博物馆，纽约'), tags: ['cubism', 'abstract', 'oil'], source: scan('czczup/URST', 'Apache-2.0', 'Identified by eye.') },
  { slug: 'monet-cliffs-at-etretat', ...monet, title: both('The Cliffs at Étretat', '埃特雷塔的悬崖'), year: '1885', medium: oil, heldAt: both('Clark Art Institute, Williamstown', '克拉克艺术学院，威廉斯敦'),
    tags: ['impressionism', 'oil', 'seascape'], source: scan('titu1994/Neural-Style-Transfer', 'Apache-2.0', 'Identified by eye; the scan is 512 px wide.') },
  { slug: 'monet-etretat-arch', ...monet, title: both('The Manneporte at Étretat', '埃特雷塔的曼波特拱门'), ...yearIn('1880s', '1880年代'), medium: oil, heldAt: notVerified,
    tags: ['impressionism', 'oil', 'seascape'], source: scan('taesungp/contrastive-unpaired-translation', 'BSD', 'One of several paintings of this arch; which one is not verified.') },
  { slug: 'monet-sainte-adresse', ...monet, title: both('Sainte-Adresse', '圣阿德雷斯'), year: '1867', medium: oil, heldAt: washington,
    tags: ['impressionism', 'oil', 'seascape'], source: scan(harmonization, noLicence, 'Identified by eye.') },
  { slug: 'munch-scream', marks: 'brushwork', ...munch, title: both('The Scream', '呐喊'), year: '1893', medium: both('oil, tempera and pastel on cardboard', '纸板油彩、蛋彩与粉彩'), heldAt: both('National Museum, Oslo', '挪威国家博物馆，奥斯陆'),
    tags: ['expressionism', 'oil'], source: scan(neuralStyle, 'MIT') },
  { slug: 'picabia-edtaonisl', marks: 'facets', ...picabia, title: both('Edtaonisl (Ecclesiastic)', '埃德塔奥尼斯尔（教士）'), year: '1913', medium: oil, heldAt: both('Art Institute of Chicago', '芝加哥艺术博物馆'),
    tags: ['abstract', 'cubism', 'flat', 'oil'], source: scan(styleImages, 'MIT') },
  { slug: 'picabia-udnie', marks: 'facets', ...picabia, title: both('Udnie', '乌德妮'), year: '1913', medium: oil, heldAt: both('Centre Pompidou, Musée national d’art moderne, Paris', '蓬皮杜中心国家现代艺术博物馆，巴黎'),
    tags: ['abstract', 'cubism', 'flat', 'oil'], source: scan('czczup/URST', 'Apache-2.0') },
  { slug: 'vangogh-bedroom', ...vanGogh, title: both('The Bedroom', '卧室'), year: '1889', medium: oil, heldAt: orsay,
    tags: ['post-impressionism', 'impasto', 'oil'], source: scan(harmonization, noLicence, 'One of two versions of 1889 (Paris, Chicago), identified by eye and by its proportions.') },
  { slug: 'vangogh-girl-in-white', marks: 'brushwork', ...vanGogh, title: both('Girl in White', '白衣女孩'), year: '1890', medium: oil, heldAt: washington,
    tags: ['post-impressionism', 'impasto', 'oil', 'portrait'], source: scan(harmonization, noLicence) },
  { slug: 'vangogh-night-cafe', marks: 'brushwork', ...vanGogh, title: both('The Night Café', '夜间咖啡馆'), year: '1888', medium: oil, heldAt: both('Yale University Art Gallery, New Haven', '耶鲁大学美术馆，纽黑文'),
    tags: ['post-impressionism', 'impasto', 'oil', 'night'], source: scan(styleImages, 'MIT', 'The scan bears a small mark of its publisher in one corner.') },
  { slug: 'vangogh-noon-rest-from-work', marks: 'brushwork', ...vanGogh, title: both('Noon: Rest from Work (after Millet)', '正午：工间休息（仿米勒）'), year: '1890', medium: oil, heldAt: orsay,
    tags: ['post-impressionism', 'impasto', 'oil', 'landscape'], source: scan(crazyWorld, 'MIT', squared) },
  { slug: 'vangogh-red-vineyard', marks: 'brushwork', ...vanGogh, title: both('The Red Vineyard', '红色葡萄园'), year: '1888', medium: oil, heldAt: both('Pushkin State Museum of Fine Arts, Moscow', '普希金国家造型艺术博物馆，莫斯科'),
    tags: ['post-impressionism', 'impasto', 'oil', 'landscape'], source: scan(crazyWorld, 'MIT', squared) },
  { slug: 'vangogh-self-portrait-nga', marks: 'brushwork', ...vanGogh, title: both('Self-Portrait with a Palette', '持调色板的自画像'), year: '1889', medium: oil, heldAt: washington,
    tags: ['post-impressionism', 'impasto', 'oil', 'portrait'], source: scan(harmonization, noLicence) },
  { slug: 'vangogh-self-portrait-orsay', marks: 'brushwork', ...vanGogh, title: both('Self-Portrait of September 1889', '一八八九年九月自画像'), year: '1889', medium: oil, heldAt: orsay,
    tags: ['post-impressionism', 'impasto', 'oil', 'portrait'], source: scan(crazyWorld, 'MIT', squared) },
  { slug: 'vangogh-soup-distribution-drawing', marks: 'hatching', ...vanGogh, title: both('Distribution of Soup in a Public Soup Kitchen', '公共施粥所'), year: '1883',
    medium: both('black chalk, brush and wash on paper', '纸上黑色粉笔、毛笔与淡彩'), heldAt: vanGoghMuseum, tags: ['drawing', 'wash', 'black-and-white'], source: scan(crazyWorld, 'MIT', squared) },
  { slug: 'vangogh-starry-night-over-the-rhone', marks: 'brushwork', ...vanGogh, title: both('Starry Night Over the Rhône', '罗讷河上的星夜'), year: '1888', medium: oil, heldAt: orsay,
    tags: ['post-impressionism', 'impasto', 'oil', 'night', 'landscape'], source: scan(harmonization, noLicence) },
  { slug: 'vangogh-starry-night', marks: 'brushwork', ...vanGogh, title: both('The Starry Night', '星月夜'), year: '1889', medium: oil, heldAt: both('The Museum of Modern Art, New York', '现代艺术博物馆，纽约'),
    tags: ['post-impressionism', 'impasto', 'oil', 'night', 'landscape'], source: scan(neuralStyle, 'MIT') },
  { slug: 'vangogh-sunflowers', ...vanGogh, title: both('Sunflowers', '向日葵'), year: '1888–89', medium: oil,
    heldAt: both('one of the versions in London, Amsterdam and Tokyo; which one is not verified', '伦敦、阿姆斯特丹与东京所藏版本之一，未经核实'),
    tags: ['post-impressionism', 'impasto', 'oil', 'still-life'], source: scan(crazyWorld, 'MIT', squared) },
  { slug: 'vangogh-thatched-cottages', marks: 'brushwork', ...vanGogh, title: both('Thatched Cottages (Reminiscence of the North)', '茅草屋（北方的回忆）'), year: '1890', medium: oil,
    heldAt: both('Barnes Foundation, Philadelphia', '巴恩斯基金会，费城'), tags: ['post-impressionism', 'impasto', 'oil', 'landscape'],
    source: scan(styleImages, 'MIT', 'Identified by eye; the scan bears a small mark of its publisher in one corner.') },
  { slug: 'vangogh-wheat-field-with-cypresses', marks: 'brushwork', ...vanGogh, title: both('Wheat Field with Cypresses', '有丝柏的麦田'), year: '1889', medium: oil,
    heldAt: both('The Metropolitan Museum of Art, New York, or the National Gallery, London; which version is not verified', '纽约大都会艺术博物馆或伦敦国家美术馆，版本未经核实'),
    tags: ['post-impressionism', 'impasto', 'oil', 'landscape'], source: scan(styleImages, 'MIT') },
  { slug: 'vangogh-wheatfield-with-crows', marks: 'brushwork', ...vanGogh, title: both('Wheatfield with Crows', '麦田群鸦'), year: '1890', medium: oil, heldAt: vanGoghMuseum,
    tags: ['post-impressionism', 'impasto', 'oil', 'landscape'], source: scan(crazyWorld, 'MIT', squared) },
  { slug: 'zhang-zeduan-qingming-scroll', ...zhang, title: both('Along the River During the Qingming Festival', '清明上河图'), ...yearIn('early 12th century', '12世纪初'), medium: both('ink and colour on silk', '绢本设色'),
    heldAt: both('The Palace Museum, Beijing', '故宫博物院，北京'), tags: ['ink', 'wash', 'drawing', 'landscape'],
    source: scan('fralonra/sddm-chinese-painting-theme', 'GPL-3.0', 'A detail; that it shows the original and not a copy is not verified. The year of the painter’s death is the one usually given.') },
];
