using Cordon.Engine.Signals;

namespace Cordon.Engine.Patterns;

/// <summary>An alert that may still grow.</summary>
internal sealed class OpenAlert(long number, PatternKind kind, int most)
{
    private readonly SortedDictionary<int, PartyRole> parties = [];
    private readonly HashSet<long> numbers = [];
    private readonly List<PatternTransfer> transfers = [];
    private bool cut;
    private int bits;

    public PatternKind Kind => kind;

    public List<long> Keys { get; } = [];

    public long LastAt { get; private set; } = long.MinValue;

    public long FirstAt { get; private set; } = long.MaxValue;

    /// <summary>Takes a draft in; gives the accounts that are new to it.</summary>
    public void Take(AlertDraft draft, List<int> newcomers)
    {
        bits = Math.Max(bits, draft.Bits);
        cut |= draft.Cut;
        foreach (var transfer in draft.Transfers)
        {
            if (numbers.Contains(transfer.Number)) continue;
            if (transfers.Count >= most)
            {
                cut = true;
                continue;
            }
            numbers.Add(transfer.Number);
            transfers.Add(transfer);
            FirstAt = Math.Min(FirstAt, transfer.At.Micros);
            LastAt = Math.Max(LastAt, transfer.At.Micros);
        }
        foreach (var party in draft.Parties)
        {
            if (parties.TryGetValue(party.Account, out var role))
            {
                // One that gives and takes in the same pattern passes money on.
                if (role != party.Role) parties[party.Account] = PartyRole.Middle;
                continue;
            }
            if (parties.Count > most) continue;
            parties.Add(party.Account, party.Role);
            newcomers.Add(party.Account);
        }
    }

    public PatternAlert Tell(bool closed)
    {
        var sorted = transfers.ToArray();
        Array.Sort(sorted, PatternTransfer.Compare);
        long sum = 0;
        foreach (var transfer in sorted) sum += transfer.Minor;
        return new PatternAlert(
            number, kind, new Instant(FirstAt), new Instant(LastAt), sum, (double)bits / Surprise.Bit,
            [.. parties.Select(p => new PatternParty(p.Key, p.Value))], [.. sorted], cut, closed);
    }
}
