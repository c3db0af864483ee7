// The request becomes a brief: what must be true, what must stay working. Flags answer first, then the person, then defaults.
import { briefQuestions, detectProjectMode, inferAcceptance } from '@ces/intake'
import { makeId, parseJson } from '@ces/kernel'
import type { Brief, ProjectMode, Question } from '@ces/records'
import { BuildOptions } from '../build-options.schema.ts'
import type { EngineContext } from '../context.ts'
import { commitStep } from '../journal.ts'
import type { Hop } from '../thread.ts'

/** Asks what is not yet said and records the brief. Waits when a question has neither answer nor default. */
export const collectBrief: Hop = async (ctx, snapshot, effect) => {
  const options = readOptions(effect.input)
  ctx.report({ kind: 'stage', stage: 'brief', status: 'started', note: options.request })
  const mode = options.project_mode ?? (await detectMode(ctx))
  const answers = await askAll(ctx, briefQuestions(mode, given(options)))
  if (answers === null) return { kind: 'waiting', needs: 'answer', blockers: [{ code: 'BRIEF_UNANSWERED', text: 'a question about the change was not answered' }] }
  const brief = makeBrief(ctx, options, mode, answers)
  ctx.report({ kind: 'stage', stage: 'brief', status: 'done', note: mode })
  commitStep(ctx, snapshot, {
    name: 'brief_collected',
    patch: { brief_id: brief.brief_id },
    rows: [{ kind: 'brief', id: brief.brief_id, delivery_id: snapshot.delivery_id, body: brief }],
    done: effect,
    next: [{ name: 'draft_contract', input: options }],
  })
  return { kind: 'moved' }
}

/** The options journalled with an effect. */
export function readOptions(input: string): BuildOptions {
  const read = parseJson(input)
  return BuildOptions.parse(read.kind === 'parsed' ? read.value : undefined)
}

async function detectMode(ctx: EngineContext): Promise<ProjectMode> {
  const { commit } = await ctx.git.head()
  if (commit === null) return 'greenfield'
  const { tree } = await ctx.git.commit(commit)
  return detectProjectMode((await ctx.git.treeFiles(tree)).map((file) => file.path))
}

const given = (options: BuildOptions) => ({
  constraints: options.constraints,
  acceptance: options.acceptance,
  must_not_break: options.must_not_break,
  source_of_truth: options.source_of_truth,
  critical_flows: options.critical_flows,
})

interface Collected {
  readonly lists: ReadonlyMap<string, readonly string[]>
  readonly defaulted: readonly string[]
}

async function askAll(ctx: EngineContext, questions: readonly Question[]): Promise<Collected | null> {
  const lists = new Map<string, readonly string[]>()
  const defaulted: string[] = []
  for (const question of questions) {
    const answer = await ctx.ask(question)
    if (answer.value === null || answer.by === 'nobody') return null
    lists.set(question.id, answer.value.split(/[\n;]/).map((line) => line.trim()).filter((line) => line !== ''))
    if (answer.by === 'yes') defaulted.push(question.id)
  }
  return { lists, defaulted }
}

function makeBrief(ctx: EngineContext, options: BuildOptions, mode: ProjectMode, answers: Collected): Brief {
  const list = (id: string, flagged: readonly string[]): string[] => [...flagged, ...(answers.lists.get(id) ?? [])]
  const acceptance = list('acceptance', options.acceptance)
  return {
    brief_id: makeId('BB', ctx.random),
    request: options.request,
    project_mode: mode,
    constraints: list('constraints', options.constraints),
    acceptance_criteria: acceptance.length > 0 ? acceptance : [...inferAcceptance(options.request)],
    must_not_break: list('must_not_break', options.must_not_break),
    source_of_truth: options.source_of_truth ?? answers.lists.get('source_of_truth')?.join('; ') ?? '',
    critical_flows: list('critical_flows', options.critical_flows),
    defaulted: [...answers.defaulted, ...(acceptance.length > 0 ? [] : ['acceptance'])],
    created_at: ctx.clock.now(),
  }
}
