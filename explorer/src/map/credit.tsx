import { MAP_CREDIT } from './france.ts';

/** Whose map it is, and under which licence, as links. */
export function MapCredit() {
  return (
    <>
      <a href={MAP_CREDIT.url} target="_blank" rel="noopener noreferrer">
        {MAP_CREDIT.title}
      </a>
      , © {MAP_CREDIT.author},{' '}
      <a href={MAP_CREDIT.licenceUrl} target="_blank" rel="noopener noreferrer">
        {MAP_CREDIT.licence}
      </a>
    </>
  );
}
