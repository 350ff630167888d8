/** A web application that opens a file by its address: its page fetches the file, where its origin may read it. */
export interface Viewer {
  /** Its address as documented, up to that of the file. */
  readonly opens: string;
}

/** docs.gephi.org/lite: it knows the format by how the address of the file ends. */
export const GEPHI_LITE: Viewer = { opens: 'https://lite.gephi.org/?file=' };

/** app.vosviewer.com/docs. */
export const VOSVIEWER_ONLINE: Viewer = { opens: 'https://app.vosviewer.com/?json=' };

/** The address that opens a file in a viewer. */
export const viewedIn = ({ opens }: Viewer, file: string): string => `${opens}${encodeURIComponent(file)}`;
