// Hands the organisation's number to the script of ПОС, which opens its own form in a frame.
const place = document.getElementById("js-show-iframe-wrapper");
if (place && typeof window.Widget === "function") window.Widget(place.dataset.form, Number(place.dataset.id));
