namespace Cordon.Engine.Patterns;

/// <summary>A pattern while it is being put together; the same one is used again and again.</summary>
internal sealed class AlertDraft
{
    public PatternKind Kind { get; private set; }

    public int Bits { get; set; }

    public bool Cut { get; set; }

    /// <summary>By what a pattern that is growing is found again: an alert with one of these keys is the same pattern.</summary>
    public List<long> Keys { get; } = [];

    public List<PatternParty> Parties { get; } = [];

    public List<PatternTransfer> Transfers { get; } = [];

    public AlertDraft Begin(PatternKind kind, int bits)
    {
        (Kind, Bits, Cut) = (kind, bits, false);
        Keys.Clear();
        Parties.Clear();
        Transfers.Clear();
        return this;
    }

    public void Add(int account, PartyRole role)
    {
        if (account != PatternTransfer.Outside) Parties.Add(new PatternParty(account, role));
    }

    /// <summary>Takes transfers and the accounts at their other ends.</summary>
    public void Add(ReadOnlySpan<Edge> edges, bool freshOnly, bool payers)
    {
        foreach (ref readonly var edge in edges)
        {
            if (freshOnly && !edge.Fresh) continue;
            Transfers.Add(edge.Transfer);
            Add(payers ? edge.Transfer.Payer : edge.Transfer.Payee, payers ? PartyRole.Source : PartyRole.Target);
        }
    }
}
