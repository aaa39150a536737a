const show = () => pages.length;
show();
