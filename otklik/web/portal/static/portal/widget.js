// The form of the centre on another site: a frame after this script, as tall as its content.
(() => {
  const script = document.currentScript;
  const frame = document.createElement("iframe");
  const origin = new URL(script.src).origin;
  frame.src = new URL("widget/", script.src).href;
  frame.title = script.dataset.title || "Форма сообщения в администрацию";
  frame.referrerPolicy = "origin";
  Object.assign(frame.style, { width: "100%", height: "900px", border: "0", display: "block" });
  script.after(frame);
  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    const height = Number(event.data?.otklikHeight);
    if (height > 100 && height < 20000) frame.style.height = `${height}px`;
  });
})();
