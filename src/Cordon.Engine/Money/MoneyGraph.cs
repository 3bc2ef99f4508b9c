using Cordon.Engine.Signals;

namespace Cordon.Engine.Money;

/// <summary>
/// The temporal graph of transfers: accounts, and the money that moved between them. It only grows.
/// Transfers may come in any order; no answer depends on the order of arrival.
/// <para>
/// Not thread-safe: one writer, and its owner lets no reader in while it writes (a trace is a reader).
/// Memory is about 50 bytes a transfer, accounts and the indexes forward and backward included, and its id beside; no object a transfer.
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
    private readonly Dictionary<int, long> largeAmounts = [];
    private readonly ChunkedList<AccountRow> accounts = new();
    private readonly ChunkedList<FactsRow> facts = new();
    private readonly ChunkedList<LineRow> lines = new();
    private readonly NumberLists lists = new();

    /// <summary>Who is told when something comes in; null where nobody watches.</summary>
    internal MoneyWatch? Watch { get; set; }

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

    /// <summary>How much memory it takes now. Looks at all that it holds, so it is not for every moment.</summary>
    public MoneyGraphSize Size => new(
        transfers.Bytes, lists.Bytes, index.Bytes + accounts.Bytes + facts.Bytes + lines.Bytes + openingIds.Bytes, transferNames.Bytes);

    /// <summary>A member told of something: its accounts are in sight from now on.</summary>
    public void See(MemberCode member) => MemberInSight(member);

    /// <summary>Whether a member has told of anything. What lies with one that has not is lost from sight.</summary>
    public bool InSight(MemberCode member) => members.Find(member) is var number && number >= 0 && number < inSight.Count && inSight[number];

    /// <summary>Brings near where a transfer's name will be put.</summary>
    internal void LookAheadTo(Transfer transfer)
    {
        PreparedName name = default;
        if (name.TryPrepare(members.Find(transfer.Member), transfer.Id.Text)) transferNames.LookAheadTo(name.Hash);
    }

    /// <summary>Brings near the lines of accounts.</summary>
    internal void LookAheadTo(ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) accounts.LookAheadTo(number);
        foreach (var number in numbers)
            if (number >= 0 && number < accounts.Count) lines.LookAheadTo(accounts[number].FirstLine);
        foreach (var number in numbers)
            if (number >= 0 && number < accounts.Count && accounts[number].FirstLine is var line and >= 0) LookAheadToEnds(lines[line]);
        foreach (var number in numbers)
            if (number >= 0 && number < accounts.Count && accounts[number].FirstLine is var line and >= 0) LookAheadToLast(lines[line]);
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
        ref var account = ref accounts[AccountNumberOf(opening.Account)];
        if (account.Facts != None && !IsLater(opening, id, facts[account.Facts])) return false;
        if (account.Facts == None) account.Facts = facts.Add(default);
        var changedPool = account.Kind == AccountKind.Pool != (opening.AccountKind == AccountKind.Pool);
        account.Kind = opening.AccountKind;
        for (var line = account.FirstLine; line >= 0; line = lines[line].NextLine) Touch(line, changedPool);
        ref var row = ref facts[account.Facts];
        row.ToldBy = member;
        row.ToldAs = openingIds.Add(id);
        row.ToldAt = opening.At.Micros;
        row.OpeningCurrency = (short)(opening.OpeningBalance is { } balance ? CurrencyNumber(balance.Currency) : None);
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
            accounts[number].Kind, opening is { } minor ? new Amount(minor, currency) : null, balance, line < 0 ? 0 : TransfersOn(line));
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
        var credits = Unreversed(Credits(line));
        var debits = Unreversed(Debits(line));
        var page = new List<int>(Math.Min(take, credits.Length + debits.Length));
        for (int place = 0, credit = 0, debit = 0; place < credits.Length + debits.Length && page.Count < take; place++)
        {
            // Credits come first at an instant.
            var isCredit = debit == debits.Length || (credit < credits.Length && transfers[credits[credit]].At <= transfers[debits[debit]].At);
            var next = isCredit ? credits[credit++] : debits[debit++];
            if (place >= skip) page.Add(next);
        }
        return new TransferPage(this, [.. page], credits.Length + debits.Length);
    }

    private bool IsLater(AccountOpening opening, ReadOnlySpan<byte> id, in FactsRow row)
    {
        if (opening.At.Micros != row.ToldAt) return opening.At.Micros > row.ToldAt;
        var byId = id.SequenceCompareTo(openingIds.Get(row.ToldAs, stackalloc byte[TextArena.MaxLength]));
        return byId != 0 ? byId > 0 : string.CompareOrdinal(opening.Member.ToString(), members[row.ToldBy].ToString()) > 0;
    }

    private int MemberInSight(MemberCode member)
    {
        var number = members.Intern(member);
        inSight.Ensure(number + 1, false);
        if (!inSight[number]) Watch?.TouchAll();
        inSight[number] = true;
        return number;
    }

    private int CurrencyNumber(Currency currency)
    {
        // Almost all money is of one currency.
        if (currencies.Count > 0 && currencies[0] == currency) return 0;
        if (currencyNumbers.TryGetValue(currency, out var number)) return number;
        number = checked((short)currencies.Count);
        currencyNumbers.Add(currency, number);
        currencies.Add(currency);
        return number;
    }

    private int AccountNumberOf(AccountNumber account)
    {
        return Known(index.Intern(account));
    }

    private int Known(int account)
    {
        if (account >= accounts.Count) accounts.Ensure(account + 1, new AccountRow { FirstLine = None, Facts = None });
        return account;
    }

    private int LineNumber(int account, int currency)
    {
        var line = LineOf(account, currency);
        if (line >= 0) return line;
        line = lines.Add(new LineRow
        {
            Account = account,
            NextLine = accounts[account].FirstLine,
            Currency = (ushort)currency,
        });
        accounts[account].FirstLine = line;
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
        foreach (var credit in lists.Of(lines[line].In)) net += CreditWidth(credit);
        foreach (var debit in lists.Of(lines[line].Out)) net -= DebitWidth(debit);
        return net;
    }
}
