using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <content>What a trace reads of the graph.</content>
public sealed partial class MoneyGraph
{
    private readonly NumberTable<FlowEntry> flowRoom = new();
    private readonly NumberTable<AccountEntry> accountRoom = new();
    private readonly NumberTable<int> lotRoom = new();

    /// <summary>
    /// Follows stolen money. The same facts and request give the same answer, whatever the order of arrival.
    /// </summary>
    /// <param name="request">Where from, until when and how far.</param>
    /// <param name="trace">The answer; null where refused.</param>
    /// <returns>Why there is no answer; null where there is one.</returns>
    public TraceRefusal? Trace(TraceRequest request, out Trace? trace)
    {
        trace = null;
        if (FifoTrace.Check(request.Bounds) is { } badBounds) return badBounds;
        if (SeedSet.Resolve(this, request, out var seeds) is { } refusal) return refusal;
        trace = request.Method is AttributionMethod.Fifo or AttributionMethod.PariPassu ? FifoTrace.Run(this, request, seeds) : ReplayTrace.Run(this, request, seeds);
        return null;
    }

    /// <summary>
    /// Follows money back to where it came from, by FIFO: who paid into an account, and who paid them. The same facts and request give the same answer.
    /// </summary>
    /// <param name="request">What to follow back: transfers, or what came into an account; until when, and how far.</param>
    /// <param name="trace">The answer; null where refused.</param>
    /// <returns>Why there is no answer; null where there is one.</returns>
    public TraceRefusal? TraceBack(TraceRequest request, out BackTrace? trace)
    {
        trace = null;
        if (request.Method != AttributionMethod.Fifo) return TraceRefusal.BackwardByFifoOnly;
        if (FifoTrace.Check(request.Bounds) is { } badBounds) return badBounds;
        if (SeedSet.Resolve(this, request, out var seeds) is { } refusal) return refusal;
        trace = FifoBackTrace.Run(this, request, seeds);
        return null;
    }

    // The room in which traces are made, one after another.
    internal NumberTable<FlowEntry> EmptyFlows()
    {
        flowRoom.Clear();
        return flowRoom;
    }

    internal NumberTable<AccountEntry> EmptyAccounts()
    {
        accountRoom.Clear();
        return accountRoom;
    }

    internal NumberTable<int> EmptyLots()
    {
        lotRoom.Clear();
        return lotRoom;
    }

    internal ref readonly TransferRow Row(int transfer) => ref transfers[transfer];

    internal int FindTransfer(MemberCode member, SignalId id) =>
        members.Find(member) is var number and >= 0 ? transferNames.Find(number, id.Text) : None;

    // What a register named first is in the graph only once a transfer or opening came here too.
    internal int FindAccount(AccountNumber account) => index.Find(account) is var number && number < accounts.Count ? number : None;

    internal int FindLine(AccountNumber account, Currency currency)
    {
        var number = FindAccount(account);
        return number >= 0 && currencyNumbers.TryGetValue(currency, out var c) ? LineOf(number, c) : None;
    }

    internal Currency CurrencyOf(int transfer)
    {
        ref readonly var row = ref Row(transfer);
        return currencies[lines[row.Payer >= 0 ? row.Payer : row.Payee].Currency];
    }

    /// <summary>How much a transfer moves, minor units.</summary>
    internal long MinorOf(int transfer) => Row(transfer).SmallMinor is var minor && minor < TransferRow.LargeMinor ? minor : largeAmounts[transfer];

    internal int TransfersOn(int line) => lines[line].In.Count + lines[line].Out.Count;

    internal AccountKind KindOf(int line) => accounts[lines[line].Account].Kind;

    internal bool IsInSight(int line) => index.MemberOf(lines[line].Account) is var member && member < inSight.Count && inSight[member];

    /// <summary>The opening balance of a line in minor units; null where unknown.</summary>
    internal long? OpeningOf(int line) => OpeningOf(lines[line].Account, currencies[lines[line].Currency]);

    internal AccountNumber AccountOf(int line) => index.Of(lines[line].Account);

    /// <summary>Under which name a transfer was told.</summary>
    internal (MemberCode Member, SignalId Id) NameOf(int transfer) => (members[transferNames.MemberOf(transfer)], new SignalId(transferNames.TextOf(transfer)));

    internal TransferFacts FactsOf(int transfer)
    {
        ref readonly var row = ref Row(transfer);
        var (member, id) = NameOf(transfer);
        return new TransferFacts(
            member,
            id,
            new Instant(row.At),
            row.Payer >= 0 ? AccountOf(row.Payer) : null,
            row.Payee >= 0 ? AccountOf(row.Payee) : null,
            new Amount(MinorOf(transfer), CurrencyOf(transfer)),
            row.Means)
        {
            OrderReference = references.Of(transfer),
            IsReversed = IsReversed(transfer),
        };
    }

    /// <summary>
    /// The order of two transfers: by time, then the shorter id, then the id's bytes, then the member.
    /// It is total and made of the facts alone, so it does not know who was told first.
    /// </summary>
    internal int Compare(int left, int right)
    {
        var byTime = Row(left).At.CompareTo(Row(right).At);
        if (byTime != 0) return byTime;
        var byId = transferNames.CompareTexts(left, right);
        return byId != 0 ? byId : string.CompareOrdinal(
            members[transferNames.MemberOf(left)].ToString(), members[transferNames.MemberOf(right)].ToString());
    }

    private long? OpeningOf(int account, Currency currency)
    {
        if (accounts[account].Facts is not (var place and >= 0)) return null;
        ref var row = ref facts[place];
        return row.OpeningCurrency >= 0 && currencies[row.OpeningCurrency] == currency ? row.Opening : null;
    }
}
