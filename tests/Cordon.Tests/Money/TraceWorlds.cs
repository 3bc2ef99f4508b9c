using System.Collections.Immutable;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using CsCheck;

namespace Cordon.Tests.Money;

/// <summary>Small worlds of accounts and transfers by chance, with what is to be traced in them: cycles, instants shared, several seeds and currencies, pools with and without references, corrections among it.</summary>
internal static class TraceWorlds
{
    private static readonly string[] Accounts = ["a:1", "a:2", "a:3", "b:1", "b:2", "unseen:1"];
    public static readonly Gen<World> Any = Gen.Select(
        Gen.Select(
            Gen.Int[-1, 5], Gen.Int[-1, 5], Gen.Long[1, 8], Gen.Int[0, 6], Gen.Int[0, 11], Gen.Int[0, 11], Gen.Int[0, 1000],
            Gen.Int[0, 3],
            (from, to, minor, day, means, currency, teller, reference) => new Move(from, to, minor, day, means, currency, teller, reference)).Array[1, 24],
        Gen.Select(Gen.Int[-6, 9], Gen.Int[0, 11], (opening, kind) => (opening, kind)).Array[6],
        Gen.Select(Gen.Int[0, 23], Gen.Int[0, 20], (pick, units) => (pick, units)).Array[1, 4],
        Gen.Select(Gen.Int[0, 23], Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 3], (pick, what, day, by) => new Fix(pick, what, day, by)).Array[0, 6],
        Gen.Int[3, 8], Gen.Int[1, 14], Gen.Int[0, int.MaxValue - 1],
        (moves, openings, seeds, fixes, until, depth, shuffle) => new World(moves, openings, seeds, fixes, until, depth < 12 ? 1000 : depth - 11, shuffle));

    public sealed record Move(int From, int To, long Minor, int Day, int Means, int Currency, int Teller, int Reference);

    /// <summary>A correction: of which transfer, what it says, when, and whether by its teller or another member.</summary>
    public sealed record Fix(int Pick, int What, int Day, int By);

    /// <summary>A small world by its numbers, so that a failing one shrinks and prints.</summary>
    public sealed record World(Move[] Moves, (int Opening, int Kind)[] Standing, (int Pick, int Units)[] Seeds, Fix[] Fixes, int Until, int Depth, int Shuffle)
    {
        public override string ToString() =>
            $"{string.Join('\n', Moves.Select(ToTransfer))}\n{string.Join(' ', Standing)}\n{string.Join(' ', Seeds)}\n{string.Join(' ', Fixes.AsEnumerable())}\nuntil {Until} depth {Depth} shuffle {Shuffle}";

        /// <param name="scale">Multiplies every amount.</param>
        /// <param name="told">Called whenever a fact was told.</param>
        public (MoneyGraph Graph, TraceRequest Request, SlowTrace.Play Play) Build(long scale = 1, Action<MoneyGraph, TraceRequest>? told = null)
        {
            var transfers = Moves.Select((move, index) => ToTransfer(move with { Minor = move.Minor * scale }, index)).Where(t => t.Payer is not null || t.Payee is not null).ToList();
            if (transfers.Count == 0) transfers.Add(ToTransfer(new Move(0, 1, scale, 1, 0, 0, 0, 0), 99));
            var openings = Accounts.Select((a, i) => (a, Standing[i])).ToDictionary(
                x => x.a, x => x.Item2.Opening < 0 ? (long?)null : Math.Max(0, x.Item2.Opening - 3) * scale);
            var kinds = Accounts.Select((a, i) => (a, Standing[i].Kind)).ToDictionary(
                x => x.a, x => x.Kind switch { 0 => AccountKind.Merchant, 1 or 2 or 3 => AccountKind.Pool, _ => AccountKind.Personal });
            var random = new Random(Shuffle);
            var graph = new MoneyGraph();
            var facts = transfers.Select(t => (Action)(() => Assert.True(graph.Add(t)))).Concat(Accounts.Where(a => a[0] != 'u')
                .Select((a, i) => (Action)(() => graph.Open(Ladder.Opening("o" + i, a, openings[a], 0, kinds[a]))))).ToArray();
            var corrections = Fixes.Select((fix, i) => ToCorrection(transfers[fix.Pick % transfers.Count], fix, i)).ToList();
            facts = [.. facts, .. corrections.Select(c => (Action)(() => graph.Correct(c)))];
            random.Shuffle(facts);
            openings["unseen:1"] = null;
            kinds["unseen:1"] = AccountKind.Unknown;
            var seeds = Seeds.Select(s => ToSeed(transfers, s, scale)).ToImmutableArray();
            var request = new TraceRequest(seeds, Ladder.Day(Until), new TraceBounds(Depth));
            foreach (var fact in facts)
            {
                fact();
                told?.Invoke(graph, request);
            }
            var holding = transfers.Select(t => Corrected(t, corrections)).OfType<Transfer>().ToList();
            return (graph, request, new SlowTrace.Play(
                holding, openings, kinds, transfers.Select(t => t.Member.ToString()).Concat(corrections.Select(c => c.Member.ToString())).Append("a").Append("b").ToHashSet(),
                Units(holding, seeds, request.Until), request.Until, Depth));
        }

        private static Transfer ToTransfer(Move move, int index)
        {
            var t = Ladder.Transfer(
                new string('t', 1 + (move.Teller % 3)) + (index * 37 % 101), move.From < 0 ? "" : Accounts[move.From], move.To < 0 ? "" : Accounts[move.To],
                move.Minor, move.Day, move.Means switch
                {
                    0 => TransferMeans.CashWithdrawal,
                    1 => TransferMeans.Purchase,
                    2 => TransferMeans.CrossBorder,
                    3 => TransferMeans.VirtualCurrency,
                    _ => TransferMeans.Account,
                },
                move.Currency == 0 ? "USD" : "CNY", outsider: true);
            return t with { Member = MemberCode.Parse(move.Teller % 2 == 0 ? "a" : "b"), OrderReference = move.Reference == 0 ? null : "r" + (move.Reference % 2) };
        }

        private static TransferCorrection ToCorrection(Transfer of, Fix fix, int index)
        {
            var by = fix.By switch { 0 => MemberCode.Parse("a"), 1 => MemberCode.Parse("b"), _ => of.Member };
            var reversed = by != of.Member ? (bool?)null : fix.What switch { 0 => true, 1 => false, _ => null };
            return new TransferCorrection(
                new SignalId("c" + (index * 3 % 7)), by, Ladder.Day(fix.Day), of.Member, of.Id, reversed, reversed is null || fix.What == 0 ? "r" + (fix.What % 3) : null);
        }

        /// <summary>A transfer as the corrections leave it; null where it was reversed.</summary>
        private static Transfer? Corrected(Transfer told, List<TransferCorrection> corrections)
        {
            var its = corrections.Where(c => c.Teller == told.Member && c.Transfer == told.Id)
                .OrderBy(c => c.At.Micros).ThenBy(c => c.Id.Text, StringComparer.Ordinal).ThenBy(c => c.Member.ToString(), StringComparer.Ordinal).ToList();
            if (its.LastOrDefault(c => c.Reversed is not null)?.Reversed == true) return null;
            return its.LastOrDefault(c => c.OrderReference is not null && (c.Member == told.Member || c.Member == told.Payer?.Member || c.Member == told.Payee?.Member)) is { } last
                ? told with { OrderReference = last.OrderReference } : told;
        }

        private static TraceSeed ToSeed(List<Transfer> transfers, (int Pick, int Units) seed, long scale)
        {
            var t = transfers[seed.Pick % transfers.Count];
            return seed.Units > 0 && seed.Units < 6 && t.Payee is { } payee
                ? new AccountSeed(payee, t.At, new Amount(seed.Units * 3 * scale, t.Amount.Currency))
                : new TransferSeed(t.Member, t.Id);
        }

        /// <summary>The seeds' transfers in their order, and how many units of each are named.</summary>
        private static List<(Transfer Seed, long Units)> Units(List<Transfer> transfers, ImmutableArray<TraceSeed> seeds, Instant until)
        {
            var ordered = transfers.Where(t => t.At <= until).OrderBy(t => t.At.Micros).ThenBy(t => t.Id.Text.Length)
                .ThenBy(t => t.Id.Text, StringComparer.Ordinal).ThenBy(t => t.Member.ToString(), StringComparer.Ordinal).ToList();
            var units = ordered.ToDictionary(t => t, _ => 0L);
            foreach (var seed in seeds)
            {
                if (seed is TransferSeed named)
                    foreach (var t in ordered.Where(t => t.Member == named.Member && t.Id == named.Transfer)) units[t] = t.Amount.Minor;
                if (seed is not AccountSeed account) continue;
                var wanted = account.Amount.Minor;
                foreach (var t in ordered.Where(t => t.Payee == account.Account && t.Payer != t.Payee
                    && t.At >= account.At && t.Amount.Currency == account.Amount.Currency))
                {
                    var taken = Math.Min(wanted, t.Amount.Minor);
                    units[t] = Math.Max(units[t], taken);
                    wanted -= taken;
                }
            }
            return [.. ordered.Where(t => units[t] > 0).Select(t => (t, units[t]))];
        }
    }
}
