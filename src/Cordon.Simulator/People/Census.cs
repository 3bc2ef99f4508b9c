using Cordon.Engine.Signals;
using Cordon.Simulator.Institutions;

namespace Cordon.Simulator.People;

/// <summary>Who and what there is: people, firms, lines, accounts.</summary>
internal sealed class Census(Registry registry, NumberPlan numbers, ProvinceOptions options, Dice dice)
{
    public const long Yuan = 100;

    public Registry Registry => registry;

    public NumberPlan Numbers => numbers;

    public List<PersonDraft> People { get; } = [];

    public List<FirmDraft> Firms { get; } = [];

    public List<FirmDraft> Shops { get; } = [];

    public List<LineDraft> CallCentres { get; } = [];

    public List<LineDraft> Lines { get; } = [];

    public List<AccountDraft> Accounts { get; } = [];

    public Dictionary<MemberCode, AccountDraft> Pools { get; } = [];

    /// <summary>An instant some days before the province starts, during office hours near enough.</summary>
    public Instant Before(int fewestDays, int mostDays, Dice with) =>
        options.Start - TimeSpan.FromSeconds((with.Between(fewestDays, mostDays) * 86_400L) - with.Below(30_000));

    public PersonToken NewToken() => new(1, dice.Next128());

    public LineDraft OpenLine(MemberCode member, PhoneNumber number, LineKind kind, IdentityCheck identity, PersonToken? person, string? agent, Device? device, Instant openedAt)
    {
        var line = new LineDraft { Number = number, Member = member, Kind = kind, Identity = identity, Person = person, Agent = agent, Device = device, OpenedAt = openedAt };
        Lines.Add(line);
        return line;
    }

    public AccountDraft OpenAccount(
        MemberCode member, AccountKind kind, long opening, PersonToken? person, PhoneNumber? line, Instant openedAt,
        IdentityCheck identity = IdentityCheck.Verified, string? branch = null, bool? openingKnown = null)
    {
        var agents = registry[member].Agents;
        var account = new AccountDraft
        {
            Number = kind switch
            {
                AccountKind.Wallet => numbers.Wallet(member),
                AccountKind.Pool => new AccountNumber(member, "pool-1"),
                _ => numbers.Account(member),
            },
            Kind = kind,
            Identity = identity,
            Person = person,
            Line = line,
            Branch = branch ?? (agents.IsEmpty ? null : dice.Pick(agents).Code),
            OpenedAt = openedAt,
            Opening = opening,
            OpeningKnown = openingKnown ?? (kind != AccountKind.Personal || !dice.Chance(options.UnknownOpeningsPerMille)),
        };
        Accounts.Add(account);
        return account;
    }

    public void Settle()
    {
        foreach (var institution in registry.PaymentInstitutions)
            Pools[institution.Code] = OpenAccount(institution.Code, AccountKind.Pool, 50_000_000 * Yuan, null, null, Before(2000, 3000, dice));
        for (var i = 0; i < options.People; i++) People.Add(Person(i));
        for (var i = 0; i < Math.Max(3, options.People / 40); i++) Firms.Add(Firm(AccountKind.Business, 3_000_000 * Yuan));
        for (var i = 0; i < Math.Max(4, options.People / 20); i++) Shops.Add(Firm(AccountKind.Merchant, 50_000 * Yuan));
        for (var i = 0; i < Math.Max(1, options.People / 700); i++)
            CallCentres.Add(FixedLine(NewToken()));
        SpareLines();
    }

    public void Tell(Schedule schedule)
    {
        foreach (var line in Lines) schedule.Tell(line);
        foreach (var account in Accounts) schedule.Tell(account);
    }

    /// <summary>A mobile line of a virtual operator sold by its lax reseller: nobody's name stands behind it.</summary>
    public LineDraft UnverifiedLine(int virtualOperator, Instant openedAt, Device? device)
    {
        var member = registry.VirtualOperators[virtualOperator];
        return OpenLine(member.Code, numbers.Mobile(member.Code), LineKind.Mobile, IdentityCheck.NotVerified, null, registry.LaxAgents[virtualOperator].Code, device, openedAt);
    }

    private PersonDraft Person(int index)
    {
        var token = NewToken();
        var opened = Before(200, 2500, dice);
        var line = PersonalLine(token, opened);
        // A bank out of sight keeps a twentieth of the province's accounts.
        var bank = dice.Chance(50) ? dice.Pick(registry.UnconnectedBanks) : dice.Pick(registry.ConnectedBanks);
        var account = OpenAccount(bank.Code, AccountKind.Personal, dice.Low(6_000 * Yuan, 180_000 * Yuan), token, line.Number, opened + TimeSpan.FromDays(dice.Between(1, 150)));
        AccountDraft? wallet = null;
        if (dice.Chance(650))
            wallet = OpenAccount(dice.Pick(registry.PaymentInstitutions).Code, AccountKind.Wallet, dice.Low(100 * Yuan, 3_000 * Yuan), token, line.Number, account.OpenedAt + TimeSpan.FromDays(dice.Between(1, 40)));
        return new PersonDraft { Index = index, Token = token, Line = line, Account = account, Wallet = wallet };
    }

    private LineDraft PersonalLine(PersonToken token, Instant opened)
    {
        // One line in a hundred was sold without a name, and most of those to honest people.
        if (dice.Chance(10)) return UnverifiedLine(dice.Below(registry.VirtualOperators.Length), opened, numbers.Device());
        var member = dice.Pick(dice.Chance(150) ? registry.VirtualOperators : registry.Operators);
        return OpenLine(member.Code, numbers.Mobile(member.Code), LineKind.Mobile, IdentityCheck.Verified, token, dice.Pick(member.Agents).Code, numbers.Device(), opened);
    }

    private FirmDraft Firm(AccountKind kind, long opening)
    {
        var token = NewToken();
        var line = FixedLine(token);
        var bank = dice.Chance(50) ? dice.Pick(registry.UnconnectedBanks) : dice.Pick(registry.ConnectedBanks);
        return new FirmDraft(OpenAccount(bank.Code, kind, dice.Between(opening / 2, opening * 2), token, line.Number, Before(150, 2500, dice)), line);
    }

    private LineDraft FixedLine(PersonToken token)
    {
        var member = dice.Pick(registry.Operators);
        return OpenLine(member.Code, numbers.Fixed(), LineKind.Fixed, IdentityCheck.Verified, token, dice.Pick(member.Agents).Code, null, Before(300, 3000, dice));
    }

    /// <summary>Honest second lines, honest IoT cards, and a few people with more lines at one operator than are allowed.</summary>
    private void SpareLines()
    {
        foreach (var person in People)
        {
            var member = dice.Pick(registry.Operators);
            var extra = dice.Chance(5) ? 6 : dice.Chance(80) ? 1 : 0;
            for (var i = 0; i < extra; i++)
                OpenLine(member.Code, numbers.Mobile(member.Code), LineKind.Mobile, IdentityCheck.Verified, person.Token, dice.Pick(member.Agents).Code, null, Before(30, 1500, dice));
            if (dice.Chance(20))
                OpenLine(member.Code, numbers.Iot(member.Code), LineKind.Iot, IdentityCheck.Verified, person.Token, null, numbers.Device(), Before(30, 900, dice));
        }
    }
}
