// A model run in the page, from JavaScript that the package generated.
//
// Making a function out of text needs a page whose content security policy allows 'unsafe-eval';
// JupyterLab, Voilà and exported pages do. Where one does not, the part says so.
import { spoken } from "./speech.js";

/** @param {string} source @returns {Function} */
export function compiled(source) {
  return new Function(`"use strict";\n${source}\nreturn simulate;`)();
}

/** @param {unknown} error */
export function refusal(error) {
  const policy = error instanceof EvalError;
  return policy
    ? spoken("This page does not let a widget run code, so the sliders are not shown here. Open the notebook in JupyterLab to move them.")
    : spoken("The model could not be run in this page ({error}). model.run() in a cell still works.", { error: String(error) });
}
