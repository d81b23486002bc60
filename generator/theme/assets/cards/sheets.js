// Which face of a card lies where on which sheet. Pure, so that it can be followed on paper.

const COLUMNS = 2;
const PER_SIDE = 4;

// The printed sides in order, as [{sheet, side, places: [{face, column, row}]}], from cards as [{front, back}]. The ways:
//   double: a side with fronts, then one with their backs. Whoever turns the sheet over its long edge sees left and right changed,
//           so the back of a card in the left column lies in the right one. That holds for a sheet that is not full too.
//   fold:   front on the left, back on the right. Folded away from the reader, both stand upright.
//   single: fronts only.
export function arrange(cards, way) {
  return chunks(cards, way === "fold" ? PER_SIDE / 2 : PER_SIDE).flatMap((group, index) => {
    const sheet = index + 1;
    const fronts = group.map(({ front }, place) => ({ face: front, column: place % COLUMNS, row: Math.floor(place / COLUMNS) }));
    if (way === "single") return [{ sheet, side: "", places: fronts }];
    if (way === "fold") {
      return [{ sheet, side: "", places: group.flatMap(({ front, back }, row) => [{ face: front, column: 0, row }, { face: back, column: 1, row }]) }];
    }
    const backs = fronts.map(({ column, row }, place) => ({ face: group[place].back, column: COLUMNS - 1 - column, row }));
    return [{ sheet, side: "voorkant", places: fronts }, { sheet, side: "achterkant", places: backs }];
  });
}

function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) => list.slice(index * size, (index + 1) * size));
}
