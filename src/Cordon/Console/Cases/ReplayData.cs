using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.WebConsole.Marks;
using Cordon.WebConsole.Shell;

namespace Cordon.WebConsole.Cases;

/// <summary>
/// A trace as the browser draws it: nodes and flows by number, once for the whole life of the drawing. Amounts are minor units as
/// doubles, exact to 2^53; times are seconds since <see cref="From"/>.
/// </summary>
/// <param name="Nodes">Accounts and exits.</param>
/// <param name="Flows">From node, to node, seconds, stolen minor units: four numbers a flow, in order of time.</param>
/// <param name="From">The first flow, milliseconds since 1970.</param>
/// <param name="Offset">The centre's zone, minutes ahead of UTC.</param>
/// <param name="Digits">Decimals of the currency.</param>
internal sealed record ReplayData(IReadOnlyList<ReplayNode> Nodes, IReadOnlyList<double> Flows, double From, double Offset, int Digits)
{
    public static ReplayData Of(TraceAnswer answer, Currency currency, IReadOnlySet<AccountNumber> stoppable, MemberNames names, TimeSpan offset)
    {
        var reached = answer.Accounts.ToDictionary(a => a.Account);
        var exits = answer.Exits.ToDictionary(x => (x.Flow.Member, x.Flow.Transfer), x => x.Outcome);
        var (nodes, numbers) = (new List<ReplayNode>(), new Dictionary<object, int>());
        var lastLayer = answer.Accounts.Select(a => a.Layer).DefaultIfEmpty(1).Max();
        int Number(object key, Func<ReplayNode> make)
        {
            if (numbers.TryGetValue(key, out var number)) return number;
            nodes.Add(make());
            return numbers[key] = nodes.Count - 1;
        }

        int Account(AccountNumber account) => reached.TryGetValue(account, out var facts) && facts.Outcome != TraceOutcome.Returned
            ? Number(account, () => new ReplayNode(account.ToString(), Words.Grouped(account.Number), Name(names, account.Member), facts.Layer, "account", facts.Outcome.ToString(), stoppable.Contains(account)))
            : Number(account, () => new ReplayNode(account.ToString(), Words.Grouped(account.Number), Name(names, account.Member), 0, "victim", "", false));

        int Exit(TraceOutcome outcome) => Number(outcome, () => new ReplayNode(outcome.ToString(), Words.Of(outcome), "", lastLayer + 1, "exit", outcome.ToString(), false));

        var flows = new List<double>(answer.Flows.Length * 4);
        var ordered = answer.Flows.OrderBy(f => f.At).ThenBy(f => f.Layer).ToList();
        var from = ordered.Count == 0 ? new Instant(0) : ordered[0].At;
        foreach (var flow in ordered)
        {
            flows.Add(flow.From is { } payer ? Account(payer) : Number("cash", () => new ReplayNode("cash", "Cash paid in", "", 0, "victim", "", false)));
            flows.Add(exits.TryGetValue((flow.Member, flow.Transfer), out var outcome) ? Exit(outcome) : flow.To is { } to ? Account(to) : Exit(TraceOutcome.LostFromSight));
            flows.Add((flow.At - from).TotalSeconds);
            flows.Add(flow.Stolen);
        }
        return new ReplayData(nodes, flows, from.Micros / 1_000.0, offset.TotalMinutes, currency.MinorDigits);
    }

    private static string Name(MemberNames names, MemberCode code) => names.Find(code) is { } member ? $"{member.NameEn} {member.NameZh}" : code.ToString();
}

/// <summary>A node of the replay.</summary>
/// <param name="Key">The account, or the outcome of an exit.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Member">Its member's name.</param>
/// <param name="Layer">Its column, from 0.</param>
/// <param name="Kind"><c>victim</c>, <c>account</c> or <c>exit</c>.</param>
/// <param name="Outcome">What lies there at the end counts as.</param>
/// <param name="Stoppable">Whether an order can stop it now.</param>
internal sealed record ReplayNode(string Key, string Title, string Member, int Layer, string Kind, string Outcome, bool Stoppable);
