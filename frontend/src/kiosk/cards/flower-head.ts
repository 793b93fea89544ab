// The family in one flower head: a flower or a bud for every place, from the heart outwards in the golden angle, as seeds stand
// in a sunflower. What still may come is there as pale seeds, so that one place looks as meant as two thousand.

export interface Blossom {
  /** How its tier is drawn. */
  look: string;
  x: number;
  y: number;
  /** Half of its width. */
  r: number;
  /** Degrees. */
  turn: number;
  /** 0, 1 or 2: how deep its colour is. */
  shade: number;
}

export interface Head {
  blossoms: Blossom[];
  seeds: { x: number; y: number; r: number }[];
}

export const RADIUS = 50; // of the whole head
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const WEIGHT: { [look: string]: number } = { centre: 1.9, station: 1 };
const [LEAST, STEP] = [0.62, 0.2]; // all others but circles, which are smaller with each rank
const LARGEST = 7; // a station's half width: few places do not swell until they fill the head
const PITCH = 1.04; // a little more than touching
const SEED = 0.62;
const SEEDS = 240; // at most, whatever is left free
const FEW = 300; // flowers that are looked at pair by pair
const ROUNDS = 80;

/** Laid out for these places, given by their looks, the highest tier first: that stands in the heart, the lowest at the rim. */
export function flowerHead(looks: readonly string[]): Head {
  const area = looks.reduce((sum, look) => sum + weightOf(look) * weightOf(look), 0);
  const unit = area ? Math.min(LARGEST, (RADIUS / (Math.sqrt(area) * PITCH)) * 0.94) : LARGEST;
  const blossoms: Blossom[] = [];
  let filled = 0; // area within, in squares of unit
  looks.forEach((look, at) => {
    const weight = weightOf(look);
    const away = looks.length === 1 ? 0 : Math.sqrt(filled + weight * weight * 0.5) * unit * PITCH;
    blossoms.push({ look, ...polar(away, at), r: weight * unit, turn: 0, shade: (at * 7) % 3 });
    filled += weight * weight;
  });
  if (blossoms.length <= FEW) settle(blossoms);
  const out = fitted(blossoms);
  blossoms.forEach((one, at) => (one.turn = turned(one, at)));
  return { blossoms, seeds: seeds(out + unit * 0.7, looks.length) };
}

function weightOf(look: string): number {
  const rank = Number(look.replace("circle-", ""));
  return WEIGHT[look] || (rank ? Math.max(LEAST, WEIGHT["centre"]! - STEP * (rank - 1)) : LEAST);
}

/** Few flowers of different sizes lie on each other where the angle alone places them: each pair moves apart a little, the
    larger one less, and all are drawn back to the middle. */
function settle(blossoms: Blossom[]): void {
  for (let round = 0; round < ROUNDS; round++) {
    const pull = round < ROUNDS * 0.7 ? 0.96 : 1;
    for (const one of blossoms) {
      one.x *= pull;
      one.y *= pull;
    }
    blossoms.forEach((one, at) => {
      for (const other of blossoms.slice(at + 1)) part(one, other);
    });
  }
}

function part(one: Blossom, other: Blossom): void {
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  const apart = Math.hypot(dx, dy) || 0.01;
  const missing = (one.r + other.r) * PITCH - apart;
  if (missing <= 0) return;
  const share = other.r / (one.r + other.r);
  one.x -= (dx / apart) * missing * share;
  one.y -= (dy / apart) * missing * share;
  other.x += (dx / apart) * missing * (1 - share);
  other.y += (dy / apart) * missing * (1 - share);
}

/** Makes it all fit into the head, and says how far out it reaches. */
function fitted(blossoms: Blossom[]): number {
  const out = blossoms.reduce((far, { x, y, r }) => Math.max(far, Math.hypot(x, y) + r), 0);
  const scale = Math.min(1, (RADIUS - 1) / (out || 1));
  for (const one of blossoms) {
    one.x *= scale;
    one.y *= scale;
    one.r *= scale;
  }
  return out * scale;
}

/** Smaller and rarer towards the rim: the head fades instead of ending. */
function seeds(from: number, at: number): Head["seeds"] {
  const found: Head["seeds"] = [];
  const step = 3.1;
  for (let k = 0; found.length < SEEDS; k++) {
    const away = Math.sqrt(from * from + k * step * step * 0.9);
    if (away > RADIUS) break;
    found.push({ ...polar(away, at + k), r: SEED * (1.15 - away / RADIUS / 1.6) });
  }
  return found;
}

function polar(away: number, at: number): { x: number; y: number } {
  return { x: away * Math.cos(at * GOLDEN), y: away * Math.sin(at * GOLDEN) };
}

/** Flowers turn as they like; buds and leaves point outwards. */
function turned({ look, x, y }: Blossom, at: number): number {
  return WEIGHT[look] ? (at * 47) % 72 : (Math.atan2(y, x) * 180) / Math.PI + 90;
}

const SVG = "http://www.w3.org/2000/svg";

/** A full circle as part of a path. */
function dot({ x, y, r }: { x: number; y: number; r: number }): string {
  const [left, across, radius] = [x - r, 2 * r, r].map((number) => number.toFixed(2)) as [string, string, string];
  return `M${left} ${y.toFixed(2)}a${radius} ${radius} 0 1 0 ${across} 0a${radius} ${radius} 0 1 0 -${across} 0z`;
}

/** Draws it into an `<svg>` around 0,0, from the page's sprite. `quiet` tells of the flowers that stand back. */
export function drawFlowerHead(picture: Element, { blossoms, seeds: pale }: Head, quiet: (at: number) => boolean = () => false): void {
  picture.textContent = "";
  picture.setAttribute("class", "a-bloom");
  const all = document.createElementNS(SVG, "path");
  all.setAttribute("class", "a-seeds");
  all.setAttribute("d", pale.map(dot).join(""));
  picture.appendChild(all);
  for (let at = blossoms.length - 1; at >= 0; at--) {
    const { look, x, y, r, turn, shade } = blossoms[at]!;
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", `#f-${look}`);
    use.setAttribute("class", `a-${look} is-${shade}${quiet(at) ? " is-quiet" : ""}`);
    for (const [name, value] of [["x", -r], ["y", -r], ["width", 2 * r], ["height", 2 * r]] as const) use.setAttribute(name, value.toFixed(2));
    use.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) rotate(${turn.toFixed(0)})`);
    picture.appendChild(use);
  }
}
