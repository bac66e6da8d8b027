// The map as a picture of its own, for places where nothing is drawn on: SVG that needs no style sheet.
import { makeSvg } from "../shared/elements.js";

const ROOM_ROUND = 16;
const PICTURE_STYLE = `text{fill:currentColor;text-anchor:middle}
.cs-word text{font-size:15px}.cs-reach{fill:none;stroke:none}
.cs-arc,.cs-round-line{fill:none;stroke:currentColor;stroke-width:1.7}
.cs-head-of,.cs-sign-disc{fill:currentColor;fill-rule:evenodd}
.cs-sign-lines{fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.cs-reinforcing{color:#b3460b}.cs-balancing{color:#0b62a4}`;

/** Return the drawing as the address of an image; an empty text for an empty map. @param {import("./map_paper.js").MapPaper} paper */
export function mapPicture(paper) {
  if (!paper.scene || !paper.scene.boxes.length) return "";
  const { left, top, right, bottom } = paper.scene.extent();
  const [width, height] = [right - left + 2 * ROOM_ROUND, bottom - top + 2 * ROOM_ROUND].map(Math.ceil);
  const svg = makeSvg("svg", { viewBox: `${Math.floor(left - ROOM_ROUND)} ${Math.floor(top - ROOM_ROUND)} ${width} ${height}`, width, height, color: "#1f2933", "font-family": "system-ui, 'DejaVu Sans', sans-serif" });
  const style = makeSvg("style");
  style.textContent = PICTURE_STYLE;
  svg.append(style, ...[paper.rounds, paper.ties, paper.names].map((part) => part.cloneNode(true)));
  const bytes = new TextEncoder().encode(new XMLSerializer().serializeToString(svg));
  return `data:image/svg+xml;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}
