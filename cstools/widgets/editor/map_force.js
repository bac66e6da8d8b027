// A plain layout for a page without Python: words push each other away, links pull.
import { wordBox } from "./map_scene.js";

const [ROUNDS, LINK_LENGTH] = [500, 120];

/**
 * Return a place for every word; the same map always gets the same.
 * @param {import("./map_values.js").MapValues} map
 * @returns {Record<string, number[]>}
 */
export function forcedPlaces(map) {
  const count = map.variables.length;
  const number = new Map(map.variables.map((variable, i) => [variable.name, i]));
  const size = map.variables.map((variable) => wordBox(variable.name, 0, 0).w);
  const at = map.variables.map((_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return { x: Math.cos(turn) * 45 * Math.sqrt(count) * 1.6, y: Math.sin(turn) * 45 * Math.sqrt(count) };
  });
  const pulls = map.links.filter((link) => link.cause !== link.effect).map((link) => [Number(number.get(link.cause)), Number(number.get(link.effect))]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const heat = 30 * (1 - round / ROUNDS) + 0.5;
    const push = at.map(() => ({ x: 0, y: 0 }));
    for (let i = 0; i < count; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const [dx, dy] = [at[i].x - at[j].x || 0.1 * (i - j), at[i].y - at[j].y || 0.1];
        // Words are wide: beside each other they need more room than one above the other.
        const far = Math.max(Math.hypot(dx / (1 + (size[i] + size[j]) / 160), dy), 1);
        const force = LINK_LENGTH ** 2 / far;
        const apart = Math.max(Math.hypot(dx, dy), 1);
        push[i].x += (dx / apart) * force;
        push[i].y += (dy / apart) * force;
        push[j].x -= (dx / apart) * force;
        push[j].y -= (dy / apart) * force;
      }
    }
    for (const [i, j] of pulls) {
      const [dx, dy] = [at[j].x - at[i].x, at[j].y - at[i].y];
      const pull = Math.hypot(dx / (1 + (size[i] + size[j]) / 320), dy) / LINK_LENGTH;
      push[i].x += dx * pull;
      push[i].y += dy * pull;
      push[j].x -= dx * pull;
      push[j].y -= dy * pull;
    }
    at.forEach((place, i) => {
      // Everything is drawn to the middle a little, or parts that nothing joins would drift away.
      const [x, y] = [push[i].x - 0.15 * place.x, push[i].y - 0.25 * place.y];
      const far = Math.max(Math.hypot(x, y), 1e-9);
      place.x += (x / far) * Math.min(far, heat);
      place.y += (y / far) * Math.min(far, heat);
    });
  }
  return Object.fromEntries(map.variables.map((variable, i) => [variable.name, [Math.round(at[i].x), Math.round(at[i].y)]]));
}
