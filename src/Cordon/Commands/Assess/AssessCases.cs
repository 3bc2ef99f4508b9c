using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Demo;
using Cordon.Engine.Money;
using Cordon.Engine.Rules;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Simulator;
using Cordon.Simulator.Play;
using Spectre.Console;

namespace Cordon.Commands.Assess;

/// <summary>How one duty's findings in cases compare with what was planted.</summary>
/// <param name="Duty">The duty.</param>
/// <param name="Scored">Whether recall and precision count it.</param>
/// <param name="Planted">Failures planted on the way of a fraud that was reported.</param>
/// <param name="Found">Of these, found at the right member and record.</param>
/// <param name="Findings">Findings made.</param>
/// <param name="Correct">Of these, planted.</param>
internal sealed record AssessDuty(string Duty, bool Scored, int Planted, int Found, int Findings, int Correct);

/// <summary>The cases of simulated provinces, judged, held against what was planted in them.</summary>
/// <param name="Provinces">Provinces lived, nobody stopped.</param>
/// <param name="Cases">Frauds that were reported and whose payments were found.</param>
/// <param name="Recall">Of all failures planted, the share found.</param>
/// <param name="Precision">Of all findings, the share planted.</param>
/// <param name="WithoutEvidence">Findings without a record: must be 0.</param>
/// <param name="Duties">By duty.</param>
internal sealed record AssessCasesReport(int Provinces, int Cases, double Recall, double Precision, int WithoutEvidence, ImmutableArray<AssessDuty> Duties)
{
    public void Print(IAnsiConsole console)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Cases} cases of {Provinces} provinces judged along their chains: recall {Recall:0.000}, precision {Precision:0.000}; {WithoutEvidence} findings without evidence."));
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("duty that failed in a case");
        foreach (var head in new[] { "planted", "found", "findings", "right" }) table.AddColumn(new TableColumn(head).RightAligned());
        foreach (var d in Duties)
            table.AddRow([d.Scored ? d.Duty : d.Duty + " (not scored)", .. new[] { d.Planted, d.Found, d.Findings, d.Correct }.Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        console.Write(table);
    }
}

/// <summary>
/// Lives provinces in which nobody is stopped, screens what is told, and judges each reported fraud backwards along its
/// chain by the rules of the server. What was planted is looked at afterwards.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="duties">The duties.</param>
/// <param name="rulebook">The rulebook that the engine screens by; findings do not rest on it.</param>
internal sealed class AssessCases(ulong seed, DutyPack duties, Rulebook rulebook)
{
    private const int Provinces = 3;
    private const int LinesAllowed = 5;
    private const string AccountDuty = "cn.atf.15.customer-due-diligence";
    private const string LineDuty = "cn.atf.10.line-limit";

    // What runs through is planted by other figures (20,000 within half an hour) than the duty asks for: it is told and not scored.
    private const string PassThrough = "cn.atf.18.suspicious-transactions";

    // What is judged is looked at when stolen money has come to rest.
    private static readonly TimeSpan Rest = TimeSpan.FromDays(3);

    private static readonly ProvinceOptions Size = new() { People = 600, Days = 6, Victims = 12, Gangs = 4, UnknownOpeningsPerMille = 0 };

    // A gang's accounts serve several victims, and whose money it was that went on is the method's answer, not a fact: a place is a place of the province.
    private readonly HashSet<Place> planted = [];
    private readonly HashSet<Place> there = [];
    private readonly Dictionary<Place, int> found = [];
    private readonly HashSet<(MemberCode, SignalId)> told = [];
    private int cases;

    /// <summary>Lives and judges.</summary>
    public AssessCasesReport Run(Action<double> tell, CancellationToken cancel)
    {
        for (var i = 0; i < Provinces; i++)
        {
            cancel.ThrowIfCancellationRequested();
            Live(i, Province.Make(unchecked((seed * Provinces) + (ulong)i), Size));
            tell((i + 1.0) / Provinces);
        }
        var scored = found.Keys.Where(IsScored).ToList();
        var names = planted.Concat(found.Keys).Select(p => p.Duty).Distinct().Order(StringComparer.Ordinal);
        return new AssessCasesReport(
            Provinces, cases, Share(planted.Count(p => IsScored(p) && found.ContainsKey(p)), planted.Count(IsScored)), Share(scored.Count(there.Contains), scored.Count), found.Values.Count(evidence => evidence == 0),
            [
                .. names.Select(duty => new AssessDuty(
                    duty, duty != PassThrough, planted.Count(p => p.Duty == duty), planted.Count(p => p.Duty == duty && found.ContainsKey(p)),
                    found.Keys.Count(p => p.Duty == duty), found.Keys.Count(p => p.Duty == duty && there.Contains(p)))),
            ]);
    }

    private static bool IsScored(Place place) => place.Duty != PassThrough;

    private void Live(int index, Province province)
    {
        told.Clear();
        var end = province.Options.Start + TimeSpan.FromDays(province.Options.Days) + Rest;
        var play = province.Play();
        var lived = play.AdvanceTo(end);
        var engine = new ScreeningEngine(rulebook);
        foreach (var signal in lived.Signals) engine.Step(new SignalAccepted(signal));
        var sectors = province.Members.ToDictionary(m => m.Code, m => DemoPeople.SectorOf(m.Sector));
        var reports = lived.Reports.ToDictionary(r => r.Id);
        var lines = lived.Signals.OfType<Subscription>().Where(l => l is { LineKind: LineKind.Mobile, Person: not null }).ToLookup(l => (l.Person, l.Member));
        foreach (var gang in province.Truth.Gangs)
            there.UnionWith(gang.Mules.Where(m => m.Origin == TruthMuleOrigin.FalseName).Select(m => new Place(index, AccountDuty, m.Account.Member, m.Account.ToString())));
        foreach (var victim in province.Truth.Victims)
        {
            var failed = victim.Loopholes.Where(l => l.Duty != LineDuty || IsOverLimit(l, lines)).Select(l => new Place(index, l.Duty, l.Member, Subject(l, province))).ToList();
            there.UnionWith(failed);
            var heard = victim.Reports.Where(reports.ContainsKey).Select(id => reports[id]).ToList();
            var seeds = heard.SelectMany(r => SeedsOf(engine.Known.Money, r)).Distinct().ToImmutableArray();
            if (Follow(engine, seeds) is not { } trace) continue;
            cases++;
            planted.UnionWith(failed);
            var reached = heard.Where(r => r.Losses.Length > 0).Select(r => new ReachedBy(r.Phone, r.Suspects.Phones, r.Losses.Max(l => l.At))).ToList();
            // What was found stays found: a reference that is told after it was asked for was still not told with the payment.
            for (var way = trace; way is not null; way = Ask(play, engine, way) ? Follow(engine, seeds) : null)
            {
                var mixed = Follow(engine, seeds, AttributionMethod.Poison);
                var chain = KnownChain.Of(engine.Known, $"{index}-{victim.Index}", way, reached, [], code => sectors.TryGetValue(code, out var sector) ? sector : null, mixed: mixed);
                foreach (var finding in Attribution.Attribute(chain, duties, end).Findings)
                    found.TryAdd(new Place(index, finding.Duty, finding.Member, Subject(finding.Link)), finding.Evidence.Length);
            }
        }
    }

    private static Trace? Follow(ScreeningEngine engine, ImmutableArray<TraceSeed> seeds, AttributionMethod method = AttributionMethod.Fifo) =>
        !seeds.IsEmpty && engine.Known.Money.Trace(new TraceRequest(seeds, Instant.Max, TraceBounds.Default, method), out var trace) is null ? trace : null;

    // A payment institution is asked what its pool hides and corrects the legs that left; true where that told anything new.
    private bool Ask(ProvincePlay play, ScreeningEngine engine, Trace trace)
    {
        var corrected = trace.Least.Hidden.Where(h => h.Reference is not null).Select(h => (h.Pool.Member, h.Reference!)).Distinct()
            .SelectMany(asked => play.AnswerEnquiry(asked.Member, asked.Item2).Legs).Where(leg => told.Add((leg.Member, leg.Id))).ToList();
        foreach (var leg in corrected)
            engine.Step(new SignalAccepted(new TransferCorrection(new SignalId($"leg-{leg.Id}"), leg.Member, play.Now, leg.Member, leg.Id, null, leg.OrderReference)));
        return corrected.Count > 0;
    }

    // The sixth line of a person was one too many, and not the five before it; the truth names them all.
    private static bool IsOverLimit(TruthLoophole planted, ILookup<(PersonToken? Person, MemberCode Member), Subscription> lines)
    {
        foreach (var held in lines)
            if (held.FirstOrDefault(l => l.Line.ToString() == planted.Subject) is { } line)
                return held.Count(l => l.At <= line.At) > LinesAllowed;
        return false;
    }

    private static IEnumerable<TraceSeed> SeedsOf(MoneyGraph graph, ProvinceReport report) =>
        LossMatch.Find(graph, [.. report.Losses.Select(l => new Casework.Reports.ReportedLoss(l.TransferId, l.Member, l.Payer, l.Payee, l.Amount, l.At))])
            .Select(f => (TraceSeed)new TransferSeed(f.Transfer.Member, f.Transfer.Id));

    // What both sides call the record: the id behind the kind of link.
    private static string Subject(string link) => link[(link.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string Subject(TruthLoophole planted, Province province) => planted.Link switch
    {
        "call" => $"{planted.Member}/{planted.Subject}",
        // A withheld reference is found where the money stopped: at the pool.
        "transfer" => PoolOf(planted, province),
        _ => planted.Subject,
    };

    private static string PoolOf(TruthLoophole planted, Province province) =>
        province.Truth.Victims.SelectMany(v => v.Moves).First(m => m.Transfer.Text == planted.Subject && m.Member == planted.Member).From.ToString() ?? "";

    private static double Share(int part, int whole) => whole == 0 ? 1 : Math.Round((double)part / whole, 4);

    private sealed record Place(int Province, string Duty, MemberCode Member, string Subject);
}
