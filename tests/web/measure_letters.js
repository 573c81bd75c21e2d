// What a reader would have trouble with, of each [name, HTML part]: text beyond the edge of a window, and text that
// stands out too little from its ground. Run by test_letters_in_browser.py; nothing is drawn.
async ([letters, widths, ratioLeast]) => {
  const channel = (value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const light = ([red, green, blue]) =>
    0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  const numbers = (colour) => {
    const found = colour.match(/[\d.]+/g).map(Number);
    return found.length === 3 ? [...found, 1] : found;
  };
  const over = (upper, lower, share) =>
    [0, 1, 2].map((at) => upper[at] * share + lower[at] * (1 - share));

  // Everything an element stands on, from the canvas of the browser up; what is half transparent is blended.
  const groundOf = (element, canvas) => {
    const around = [];
    for (let each = element; each; each = each.parentElement) around.unshift(each);
    return around.reduce((ground, each) => {
      const colour = numbers(getComputedStyle(each).backgroundColor);
      return over(colour, ground, colour[3]);
    }, canvas);
  };
  const opacityOf = (element) => {
    let share = 1;
    for (let each = element; each; each = each.parentElement) share *= Number(getComputedStyle(each).opacity);
    return share;
  };
  const ratioOf = (element, canvas) => {
    const ground = groundOf(element, canvas);
    const colour = numbers(getComputedStyle(element).color);
    const seen = over(colour, ground, colour[3] * opacityOf(element));
    const [low, high] = [light(seen), light(ground)].sort((one, two) => one - two);
    return (high + 0.05) / (low + 0.05);
  };

  const found = [];
  const frame = document.createElement("iframe");
  frame.style.cssText = "border: 0; height: 800px; color-scheme: light dark";
  document.body.append(frame);
  await new Promise((loaded) => { frame.onload = loaded; frame.srcdoc = letters[0][1]; });
  const inside = frame.contentDocument;
  for (const [name, html] of letters) {
    inside.documentElement.innerHTML = html;
    const probe = inside.createElement("div");
    probe.style.backgroundColor = "Canvas";
    inside.body.append(probe);
    const canvas = numbers(getComputedStyle(probe).backgroundColor);
    probe.remove();
    const texts = [];
    const walker = inside.createTreeWalker(inside.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
    const parents = new Set(texts.map((text) => text.parentElement));
    const ratio = Math.min(...[...parents].map((each) => ratioOf(each, canvas)));
    if (!(ratio >= ratioLeast)) found.push(`${name}: contrast ${ratio.toFixed(2)}`);
    for (const width of widths) {
      frame.style.width = `${width}px`;
      const whole = inside.documentElement.scrollWidth;
      if (whole > width) found.push(`${name}: ${whole} px wide in a window of ${width}`);
      const range = inside.createRange();
      const beyond = texts.some((text) => {
        range.selectNodeContents(text);
        return [...range.getClientRects()].some((box) => box.right > width + 0.5 || box.left < -0.5);
      });
      if (beyond) found.push(`${name}: text beyond the edge of a window of ${width}`);
    }
  }
  frame.remove();
  return found;
}
