const page = undefined;
function title() {
  return page.title;
}
title();
