// Inside the frame: tells the page around how tall the form is. Nothing else leaves.
const tell = () => parent.postMessage({ otklikHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
new ResizeObserver(tell).observe(document.documentElement);
tell();
