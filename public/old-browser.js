// For browsers without modules, which never run boot.js: show the page that says so.
document.getElementById("splash").hidden = true;
document.getElementById("unsupported").hidden = false;
