using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>
/// The temporal graph of transfers: accounts, and the money that moved between them. It only grows.
/// Transfers may come in any order; no answer depends on the order of arrival.
/// <para>
/// Not thread-safe: one writer, and its owner lets no reader in while it writes (a trace is a reader).
/// Memory is about 70 bytes a transfer, accounts and indexes included, and no object a transfer.
/// </para>
/// </summary>
public sealed partial class MoneyGraph
{
    /// <summary>The payer or payee that is no account: cash, an unnamed party.</summary>
    internal const int Outside = -1;

    private const int None = -1;

    private readonly MemberTable members;
    private readonly AccountIndex index;
    private readonly ChunkedList<bool> inSight = new();
    private readonly Dictionary<Currency, int> currencyNumbers = [];
    private readonly List<Currency> currencies = [];
    private readonly NameTable transferNames = new();
    private readonly TextArena openingIds = new();
    private readonly ChunkedList<TransferRow> transfers = new();
    private readonly ChunkedList<AccountRow> accounts = new();
    private readonly ChunkedList<LineRow> lines = new();

    /// <summary>A graph without transfers.</summary>
    public MoneyGraph()
        : this(new AccountIndex(new MemberTable()))
    {
    }

    /// <param name="index">The accounts, which others may number too.</param>
    internal MoneyGraph(AccountIndex index) => (this.index, members) = (index, index.Members);

    /// <summary>How many accounts were named, by openings or transfers.</summary>
    public int AccountCount => accounts.Count;

    /// <summary>How many transfers are in the graph.</summary>
    public int TransferCount => transfers.Count;

    /// <summary>A member told of something: its accounts are in sight from now on.</summary>
    public void See(MemberCode member) => MemberInSight(member);

    /// <summary>Whether a member has told of anything. What lies with one that has not is lost from sight.</summary>
    public bool InSight(MemberCode member) => members.Find(member) is var number && number >= 0 && number < inSight.Count && inSight[number];

    /// <summary>Brings near where a transfer's name will be put.</summary>
    internal void LookAheadTo(Transfer transfer) => transferNames.LookAheadTo(NameTable.HashOf(index.Members.Find(transfer.Member), transfer.Id.Text));

    /// <summary>Brings near the lines of accounts.</summary>
    internal void LookAheadTo(ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) accounts.LookAheadTo(number);
        foreach (var number in numbers)
            if (number >= 0 && number < accounts.Count) lines.LookAheadTo(accounts[number].FirstLine);
    }

    /// <summary>Puts a transfer in. One with the same member and id as another changes nothing, whatever its values.</summary>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="ArgumentException">The transfer breaks the limits of its own type: no amount, no account on either side.</exception>
    public bool Add(Transfer transfer)
    {
        if (transfer.Amount.Minor <= 0) throw new ArgumentException("A transfer moves more than nothing.", nameof(transfer));
        if (transfer.Payer?.Number is "" || transfer.Payee?.Number is "") throw new ArgumentException("An account has a number.", nameof(transfer));
        if (transfer.Payer is null && transfer.Payee is null) throw new ArgumentException("A transfer touches an account.", nameof(transfer));
        var member = MemberInSight(transfer.Member);
        var number = transferNames.Intern(member, transfer.Id.Text, out var added);
        if (!added) return false;
        var currency = CurrencyNumber(transfer.Amount.Currency);
        var row = new TransferRow
        {
            Payer = transfer.Payer is { } payer ? LineNumber(payer, currency) : Outside,
            Payee = transfer.Payee is { } payee ? LineNumber(payee, currency) : Outside,
            NextIn = None,
            NextOut = None,
            At = transfer.At.Micros,
            Minor = transfer.Amount.Minor,
            Means = transfer.Means,
        };
        if (row.Payee >= 0)
        {
            ref var line = ref lines[row.Payee];
            (row.NextIn, line.LastIn) = (line.LastIn, number);
            line.Transfers++;
        }
        if (row.Payer >= 0 && !row.WithinOneLine)
        {
            ref var line = ref lines[row.Payer];
            (row.NextOut, line.LastOut) = (line.LastOut, number);
            line.Transfers++;
        }
        transfers.Add(row);
        NoteOrder(number, member, transfer);
        return true;
    }

    /// <summary>
    /// Takes an account's standing facts. Those latest by event time hold as a whole (an opening balance told before
    /// and not again is unknown again); at equal instants the greater id, then the greater member code.
    /// </summary>
    /// <returns>Whether they hold now.</returns>
    /// <exception cref="ArgumentException">The opening breaks the limits of its own type: a balance below zero, no id.</exception>
    public bool Open(AccountOpening opening)
    {
        if (opening.OpeningBalance is { Minor: < 0 }) throw new ArgumentException("An opening balance is not below zero.", nameof(opening));
        var member = MemberInSight(opening.Member);
        Span<byte> room = stackalloc byte[TextArena.MaxLength];
        if (!TextArena.TryEncode(opening.Id.Text, room, out var length))
            throw new ArgumentException("The opening has no valid id.", nameof(opening));
        var id = room[..length];
        ref var row = ref accounts[AccountNumberOf(opening.Account)];
        if (row.ToldBy != None && !IsLater(opening, id, row)) return false;
        row.ToldBy = member;
        row.ToldAs = openingIds.Add(id);
        row.ToldAt = opening.At.Micros;
        row.Kind = opening.AccountKind;
        row.OpeningCurrency = opening.OpeningBalance is { } balance ? CurrencyNumber(balance.Currency) : None;
        row.Opening = opening.OpeningBalance?.Minor ?? 0;
        return true;
    }

    /// <summary>Looks a transfer up by the member that told of it and its id.</summary>
    public bool TryGetTransfer(MemberCode member, SignalId id, out TransferFacts facts)
    {
        var number = FindTransfer(member, id);
        facts = number < 0 ? default : FactsOf(number);
        return number >= 0;
    }

    /// <summary>The members that told of a transfer under an id, by code: for people who have a receipt number and no member.</summary>
    public IReadOnlyList<MemberCode> TellersOf(SignalId id) =>
        [.. Enumerable.Range(0, members.Count).Select(number => members[number]).Where(member => FindTransfer(member, id) >= 0).OrderBy(member => member.ToString(), StringComparer.Ordinal)];

    /// <summary>What is known of an account's money in one currency. False where the account was never named.</summary>
    /// <remarks>Adds up the account's transfers: in time with their number.</remarks>
    public bool TryGetStanding(AccountNumber account, Currency currency, out AccountStanding standing)
    {
        standing = default;
        var number = FindAccount(account);
        if (number < 0) return false;
        var line = FindLine(account, currency);
        var opening = OpeningOf(number, currency);
        var now = (Int128)(opening ?? 0) + (line < 0 ? 0 : Net(line));
        Amount? balance = opening is null || now > long.MaxValue || now < long.MinValue ? null : new Amount((long)now, currency);
        standing = new AccountStanding(
            accounts[number].Kind, opening is { } minor ? new Amount(minor, currency) : null, balance, line < 0 ? 0 : lines[line].Transfers);
        return true;
    }

    /// <summary>One page of an account's transfers in one currency but for those reversed, in the account's own order (see the concept page on attribution).</summary>
    /// <param name="account">The account; one that was never named has none.</param>
    /// <param name="currency">Which of its lines.</param>
    /// <param name="skip">How many to leave out from the earliest on, from 0.</param>
    /// <param name="take">How many to give at most, 0 to 10,000.</param>
    public TransferPage TransfersOf(AccountNumber account, Currency currency, int skip, int take)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, TransferPage.MaxTake);
        var line = FindLine(account, currency);
        if (line < 0) return new TransferPage(this, [], 0);
        var all = new List<int>(lines[line].Transfers);
        Collect(line, Instant.Max, credits: true, all);
        Collect(line, Instant.Max, credits: false, all);
        all.Sort((a, b) => transfers[a].At != transfers[b].At ? transfers[a].At.CompareTo(transfers[b].At)
            : transfers[a].Payee == line != (transfers[b].Payee == line) ? (transfers[a].Payee == line ? -1 : 1)
            : Compare(a, b));
        var from = Math.Min(skip, all.Count);
        return new TransferPage(this, [.. all.GetRange(from, Math.Min(take, all.Count - from))], all.Count);
    }

    private bool IsLater(AccountOpening opening, ReadOnlySpan<byte> id, in AccountRow row)
    {
        if (opening.At.Micros != row.ToldAt) return opening.At.Micros > row.ToldAt;
        var byId = id.SequenceCompareTo(openingIds.Get(row.ToldAs));
        return byId != 0 ? byId > 0 : string.CompareOrdinal(opening.Member.ToString(), members[row.ToldBy].ToString()) > 0;
    }

    private int MemberInSight(MemberCode member)
    {
        var number = members.Intern(member);
        inSight.Ensure(number + 1, false);
        inSight[number] = true;
        return number;
    }

    private int CurrencyNumber(Currency currency)
    {
        if (currencyNumbers.TryGetValue(currency, out var number)) return number;
        number = currencies.Count;
        currencyNumbers.Add(currency, number);
        currencies.Add(currency);
        return number;
    }

    private int AccountNumberOf(AccountNumber account)
    {
        var number = index.Intern(account);
        accounts.Ensure(number + 1, new AccountRow { FirstLine = None, ToldBy = None, OpeningCurrency = None });
        return number;
    }

    private int LineNumber(AccountNumber account, int currency)
    {
        var number = AccountNumberOf(account);
        var line = LineOf(number, currency);
        if (line >= 0) return line;
        line = lines.Add(new LineRow
        {
            Account = number,
            NextLine = accounts[number].FirstLine,
            LastIn = None,
            LastOut = None,
            Currency = checked((ushort)currency),
        });
        accounts[number].FirstLine = line;
        return line;
    }

    private int LineOf(int account, int currency)
    {
        var line = accounts[account].FirstLine;
        while (line >= 0 && lines[line].Currency != currency) line = lines[line].NextLine;
        return line;
    }

    private Int128 Net(int line)
    {
        Int128 net = 0;
        for (var t = lines[line].LastIn; t >= 0; t = transfers[t].NextIn)
            if (!transfers[t].WithinOneLine && !IsReversed(t)) net += transfers[t].Minor;
        for (var t = lines[line].LastOut; t >= 0; t = transfers[t].NextOut)
            if (!IsReversed(t)) net -= transfers[t].Minor;
        return net;
    }
}
