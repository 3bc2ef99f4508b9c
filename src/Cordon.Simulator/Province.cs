using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Cordon.Simulator.Fraud;
using Cordon.Simulator.Institutions;
using Cordon.Simulator.Life;
using Cordon.Simulator.People;
using Cordon.Simulator.Play;

namespace Cordon.Simulator;

/// <summary>
/// A province made from a seed: institutions, people, honest life, gangs and their victims, and the truth of all of it.
/// The same seed and options give the same province on every machine. It does not change; each <see cref="Play"/> lives it anew.
/// </summary>
public sealed class Province
{
    private readonly ulong seed;
    private readonly Dictionary<SignalId, int> transferPlaces;
    private readonly Dictionary<string, ImmutableArray<int>> theftPlaces;
    private readonly Dictionary<SignalId, string> references;

    private Province(ulong seed, ProvinceOptions options, Schedule schedule, ImmutableArray<GangDraft> gangs, ImmutableArray<CrimeDraft> crimes, Census census)
    {
        this.seed = seed;
        Options = options;
        Regions = census.Registry.Regions;
        Members = census.Registry.Members;
        Schedule = schedule.Close();
        Reports = [.. crimes.SelectMany(c => c.Reports).OrderBy(r => r.ReportedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];
        references = schedule.References;
        Truth = Tell(census, gangs, crimes);
        transferPlaces = Schedule.Where(i => i.Signal is Transfer).ToDictionary(i => i.Signal.Id, i => i.Place);
        theftPlaces = crimes.SelectMany(c => c.Reports, (c, r) => (r.Id, Places: c.Moves.Where(m => m.Kind == TruthMoveKind.Stolen).Select(m => m.Intent.Place)))
            .ToDictionary(x => x.Id, x => x.Places.ToImmutableArray());
    }

    /// <summary>What it was made from.</summary>
    public ulong Seed => seed;

    /// <summary>How large it was asked to be.</summary>
    public ProvinceOptions Options { get; }

    /// <summary>The regions, each after its parent.</summary>
    public ImmutableArray<ProvinceRegion> Regions { get; }

    /// <summary>The institutions.</summary>
    public ImmutableArray<ProvinceMember> Members { get; }

    /// <summary>The reports that come in where nobody is stopped, by time.</summary>
    public ImmutableArray<ProvinceReport> Reports { get; }

    /// <summary>What really happens.</summary>
    public ProvinceTruth Truth { get; }

    internal ImmutableArray<Intent> Schedule { get; }

    /// <summary>Makes a province. Throws <see cref="ArgumentOutOfRangeException"/> on options outside their limits.</summary>
    public static Province Make(ulong seed, ProvinceOptions options)
    {
        options.Check();
        var dice = new Dice(seed);
        var registry = new Registry(dice.Fork(1));
        var schedule = new Schedule(registry, dice.Fork(2));
        var rhythm = new Rhythm(options.Start);
        var census = new Census(registry, new NumberPlan(dice.Fork(3)), options, dice.Fork(4));
        census.Settle();
        var recruiter = new Recruiter(census, schedule, options, rhythm, dice.Fork(5));
        var criminals = new Crimes(census, schedule, recruiter, options, rhythm, dice.Fork(6));
        var gangs = Enumerable.Range(0, options.Gangs).Select(recruiter.Raise).ToImmutableArray();
        var crimes = Enumerable.Range(0, options.Victims).Select(v => criminals.Commit(v, gangs[v % gangs.Length])).ToImmutableArray();
        foreach (var gang in gangs) criminals.CallInVain(gang);
        new MoneyLife(census, schedule, options, rhythm, dice.Fork(7)).Live();
        new TalkLife(census, schedule, options, rhythm, dice.Fork(8)).Live();
        census.Tell(schedule);
        return new Province(seed, options, schedule, gangs, crimes, census);
    }

    /// <summary>Begins to live it. Plays of one province do not touch each other.</summary>
    public ProvincePlay Play() => new(this);

    internal int? PlaceOf(SignalId transfer) => transferPlaces.TryGetValue(transfer, out var place) ? place : null;

    internal ImmutableArray<int> TheftsOf(string report) => theftPlaces[report];

    internal IEnumerable<Intent> OutLegs(MemberCode institution, string reference) => references
        .Where(r => r.Value == reference).Select(r => Schedule[transferPlaces[r.Key]]).Where(i => i.Signal.Member == institution);

    internal StopManners StopManners(MemberCode member) =>
        Truth.StopManners.FirstOrDefault(m => m.Member == member) ?? Simulator.Play.StopManners.For(member, false, false);

    /// <summary>Chance for the answer to an order: it depends on nothing that happened in the play but how often the account was asked.</summary>
    internal Dice StopDice(AccountNumber account, int timesAsked)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in account.ToString())
            unchecked { hash = (hash ^ c) * 1099511628211UL; }
        return new Dice(seed).Fork(9).Fork(hash).Fork((ulong)timesAsked);
    }

    private ProvinceTruth Tell(Census census, ImmutableArray<GangDraft> gangs, ImmutableArray<CrimeDraft> crimes)
    {
        var registry = census.Registry;
        var withheld = Schedule.Select(i => i.Signal).OfType<Transfer>().Where(t => t.OrderReference is null && references.ContainsKey(t.Id));
        var keepers = registry.Members.Where(m => m.Sector is ProvinceSector.Bank or ProvinceSector.PaymentInstitution);
        return new ProvinceTruth(
            [.. gangs.Select(Gang)],
            [.. crimes.Select(c => Victim(c, census))],
            [.. census.Accounts.Select(a => new TruthOpening(a.Number, new Amount(a.Opening, Currency.Cny)))],
            [.. withheld.Select(t => new TruthReference(t.Id, t.Member, references[t.Id]))],
            [.. keepers.Select(m => Simulator.Play.StopManners.For(m.Code, m.Connected, m == registry.SlackBank))]);
    }

    private static TruthGang Gang(GangDraft gang) => new(
        gang.Index, gang.Script.Code,
        [.. gang.Lines.SelectMany(g => g.Value, (g, line) => new TruthLine(line.Number, line.Member, g.Key, line.Agent)), .. gang.SpoofedNumbers],
        [.. gang.Mules.Select(m => new TruthMule(m.Account.Number, m.Origin, m.Layer, m.Account.Branch))]);

    private static TruthVictim Victim(CrimeDraft crime, Census census)
    {
        var moves = crime.Moves.OrderBy(m => m.Intent.Place).Select(m =>
        {
            var t = m.Transfer;
            return new TruthMove(t.Id, t.Member, m.Intent.Told, t.Payer, t.Payee, t.Amount, t.At, m.Kind, m.Layer, m.Wave);
        }).ToImmutableArray();
        var stolen = moves.Where(m => m.Kind == TruthMoveKind.Stolen).Sum(m => m.Amount.Minor);
        return new TruthVictim(
            crime.Index, crime.Gang.Index, crime.Victim.Token, crime.Victim.Line.Number, crime.Victim.Account.Number, new Amount(stolen, Currency.Cny),
            [.. crime.Calls.Select(c => c.Signal.Id)], moves, Loopholes.Of(crime, census), [.. crime.Reports.Select(r => r.Id)]);
    }
}
