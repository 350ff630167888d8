import { graphql } from 'graphql';
import { openEngine } from '/work/main/src/graph/open.ts';
import { createContext } from '/work/main/schema/context.ts';
import { schema } from '/work/main/schema/schema.ts';
const neo = process.argv[2] === 'neo';
const e = await openEngine(neo ? {engine:'neo4j', uri:process.argv[3]!, user:'neo4j', password:'grappe-local', database:'neo4j'} : {engine:'grafeo', folder:process.argv[2]!});
const ask = async (source: string, variableValues: any = {}) => {
  const contextValue = createContext(e, new AbortController().signal);
  const t = performance.now();
  const r: any = await graphql({schema, source, variableValues, contextValue});
  return { ms: performance.now()-t, st: contextValue.loaders.flights.statements, ...r };
};
const orgs = (await e.read({name:'x', text:'MATCH (n:Organisation) WHERE n.partnerCount > 0 RETURN n.id AS id ORDER BY id'}) as any[]).map(r=>r.id);
const hub = process.argv.at(-1)!;
let seed = 12345; const rnd = () => (seed = (seed*1103515245+12345) & 0x7fffffff) / 0x7fffffff;
const any = () => orgs[Math.floor(rnd()*orgs.length)];
const q = (xs:number[]) => { const s=[...xs].sort((a,b)=>a-b); return [s[s.length>>1], s[Math.floor(s.length*0.95)], s.at(-1)].map(x=>x!.toFixed(1)).join(' / '); };
async function series(name: string, source: string, vars: () => any, n=60) {
  for (let i=0;i<10;i++) await ask(source, vars());
  const ms:number[]=[], st:number[]=[]; let errs=''; const lens: any = {};
  for (let i=0;i<n;i++) { const r = await ask(source, vars()); if (r.errors) errs = r.errors[0].message; ms.push(r.ms); st.push(r.st); const d:any=Object.values(r.data??{})[0]; const k = d?.length ?? d?.nodeCount ?? d?.suggestedPartners?.length ?? 'null'; lens[k]=(lens[k]??0)+1; }
  console.log(name.padEnd(42), 'median/p95/max', q(ms).padEnd(24), 'statements', q(st).padEnd(18), errs, JSON.stringify(lens).slice(0,100));
}
const SP = `query($a:ID!,$b:ID!,$via:TraversalInput){shortestPath(from:$a,to:$b,via:$via){length nodes{id} relationships{id since sources{id}}}}`;
await series('shortestPath', SP, () => ({a:any(), b:any()}));
await series('shortestPath PARTNERS_WITH asOf 2005', SP, () => ({a:any(), b:any(), via:{relationships:['PARTNERS_WITH'],asOf:'2005'}}));
await series('shortestPath to hub', SP, () => ({a:any(), b:hub}));
await series('shortestPath avoidHubsOver 100', SP, () => ({a:any(), b:any(), via:{avoidHubsOver:100}}));
const P = `query($a:ID!,$b:ID!,$c:Int!,$via:TraversalInput){paths(from:$a,to:$b,count:$c,via:$via){length nodes{id} relationships{id}}}`;
await series('paths 5', P, () => ({a:any(), b:any(), c:5}));
await series('paths 50', P, () => ({a:any(), b:any(), c:50}), 30);
const N = `query($a:ID!,$d:Int!,$l:Int!){neighbourhood(of:[$a],depth:$d,limit:$l){nodeCount relationshipCount truncated density nodes(first:20){nodes{id}} relationships(first:20){nodes{id since sources{id}}}}}`;
await series('neighbourhood depth 2, limit 200', N, () => ({a:any(), d:2, l:200}));
await series('neighbourhood depth 2, limit 200, hub', N, () => ({a:hub, d:2, l:200}), 30);
await series('neighbourhood depth 2, limit 2000, hub', N, () => ({a:hub, d:2, l:2000}), 10);
const S = `query($a:ID!){actor(by:{id:$a}){suggestedPartners{actor{id name} score commonPartners(first:3){name} commonPartnerCount commonProjectNeighbours sharedTopics{id} sameTerritory}}}`;
await series('suggestedPartners', S, () => ({a:any()}));
await series('suggestedPartners of hub', S, () => ({a:hub}), 30);
const one = async (name: string, source: string) => { const xs=[]; for (let i=0;i<3;i++) xs.push((await ask(source)).ms); console.log(name.padEnd(42), xs.map(x=>x.toFixed(0)).join(' ')); };
await one('duplicateCandidates', '{ duplicateCandidates { score a { id } b { id } } }');
await one('statistics, all', '{ statistics { version nodes { count } relationships { count } sources { count } from to lastChange loading } }');
await one('changes 2018-2020', '{ changes(from:"2018", to:"2020") { totalCount nodes { kind on subject { id } } } }');
await e.close();
