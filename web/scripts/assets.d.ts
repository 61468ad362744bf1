// Styles are imported for their effect; the build turns them into one file.
declare module "*.css";
