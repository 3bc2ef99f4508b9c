using Cordon.Casework.Cases;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;
using Cordon.Tests.Duties;

namespace Cordon.Tests.Measures;

/// <summary>What each control counts as an occasion and what as a fault.</summary>
public sealed class ControlBoardTests
{
    private static readonly MemberCode Telco = MemberCode.Parse("tel-a");
    private static readonly MemberCode Bank = MemberCode.Parse("bank-a");
    private static readonly MemberCode Pay = MemberCode.Parse("pay-a");
    private static readonly Instant Noon = At("2026-03-02T04:00:00Z");
    private static readonly ControlPlan Plan = ControlPlan.Load(ShippedPack.PathOf("packs", "cn", "controls.yaml"), ShippedPack.Cn);

    private readonly ControlBoard board = new(Plan, m => m.ToString()[..3] switch
    {
        "tel" => Sector.TelecomOperator, "ban" => Sector.Bank, "pay" => Sector.PaymentInstitution, _ => null,
    });

    private int told;

    [Fact]
    public void A_domestic_number_from_abroad_without_proof_of_roaming_is_a_fault_and_any_call_from_abroad_an_occasion()
    {
        FromAbroad("+8613800000001", roams: false);
        FromAbroad("+8613800000002", roams: true);
        FromAbroad("+442071234567", roams: false);
        FromAbroad("+8613800000001", roams: false, CallPhase.End);
        board.Take(new Call(Id(), Telco, Noon, Phone("+8613800000003"), Phone("+8613900000009"), CallOrigin.Domestic, false, null, null, 60));
        Expect("cn.atf.13.true-caller-id", Telco, null, occasions: 3, faults: 1);
    }

    [Fact]
    public void A_line_opened_counts_once_at_its_reseller_and_what_is_told_of_it_again_does_not()
    {
        Open("+8613800000001", IdentityCheck.NotVerified, person: 1, agent: "shop-1");
        Open("+8613800000002", IdentityCheck.Verified, person: 2, agent: "shop-1");
        Open("+8613800000003", IdentityCheck.Unknown, person: 3, agent: "shop-1");
        Open("+8613800000001", IdentityCheck.NotVerified, person: 1, agent: "shop-2");
        Expect("cn.atf.9.real-name-line", Telco, "shop-1", occasions: 2, faults: 1);
        Expect("cn.atf.9.real-name-line", Telco, null, occasions: 2, faults: 1);
    }

    [Fact]
    public void The_sixth_line_of_a_person_at_one_operator_is_a_fault_and_cards_for_things_do_not_count()
    {
        for (var n = 1; n <= 7; n++) Open($"+861380000000{n}", IdentityCheck.Verified, person: 5, agent: null, n == 3 ? LineKind.Iot : LineKind.Mobile);
        Expect("cn.atf.10.line-limit", Telco, null, occasions: 6, faults: 1);
    }

    [Fact]
    public void A_line_that_changes_hands_leaves_its_first_holder()
    {
        for (var n = 1; n <= 5; n++) Open($"+861380000000{n}", IdentityCheck.Verified, person: 5, agent: null);
        Open("+8613800000001", IdentityCheck.Verified, person: 6, agent: null);
        Open("+8613800000009", IdentityCheck.Verified, person: 5, agent: null);
        Expect("cn.atf.10.line-limit", Telco, null, occasions: 7, faults: 0);
    }

    [Fact]
    public void Each_card_for_things_in_use_is_an_occasion_a_day_and_a_call_of_its_own_a_fault_once_a_day()
    {
        Open("+8613800000001", IdentityCheck.Verified, person: 1, agent: "shop-1", LineKind.Iot);
        Open("+8613800000002", IdentityCheck.Verified, person: 1, agent: "shop-1", LineKind.Iot);
        for (var hour = 0; hour < 3; hour++) CallOf("+8613800000001", Noon + TimeSpan.FromHours(hour));
        FromAbroad("+8613800000002", roams: false);
        CallOf("+8613800000001", Noon + TimeSpan.FromDays(1));
        CallOf("+8613900000009", Noon + TimeSpan.FromDays(2));
        Expect("cn.atf.12.iot-scope", Telco, "shop-1", occasions: 4, faults: 2);
    }

    [Fact]
    public void An_account_opened_counts_at_its_branch_and_the_fifth_of_a_person_is_over_the_limit()
    {
        for (var n = 1; n <= 5; n++) OpenAccount($"bank-a:{n}", n == 1 ? IdentityCheck.NotVerified : IdentityCheck.Verified, person: 4, branch: "br-1");
        OpenAccount("bank-a:9", IdentityCheck.Verified, person: 4, branch: "br-1", AccountKind.Merchant);
        Expect("cn.atf.15.customer-due-diligence", Bank, "br-1", occasions: 6, faults: 1);
        Expect("cn.six.debit-cards", Bank, "br-1", occasions: 5, faults: 1);
    }

    [Fact]
    public void An_account_that_slept_six_months_and_pays_without_its_facts_being_told_again_is_a_fault()
    {
        foreach (var account in new[] { "bank-a:1", "bank-a:2", "bank-a:3", "bank-a:4" }) OpenAccount(account, IdentityCheck.Verified, person: 1, branch: null);
        Pay_("bank-a:9", "bank-b:1", 1, Noon - TimeSpan.FromHours(1));
        // One is used within the six months and does not fall asleep on that day.
        Pay_("bank-a:4", "bank-a:9", 100, At("2026-06-01T04:00:00Z"));
        var later = At("2026-09-10T04:00:00Z");
        Pay_("bank-b:1", "bank-a:1", 100, later);
        Pay_("bank-a:1", "bank-a:9", 100, later);
        Pay_("bank-a:1", "bank-a:9", 100, later);
        board.Take(new AccountOpening(Id(), Bank, later, AccountNumber.Parse("bank-a:2"), AccountKind.Personal, IdentityCheck.Verified, Person(1), null, null, null));
        Pay_("bank-a:2", "bank-a:9", 100, later + TimeSpan.FromHours(1));
        board.Take(new Transfer(Id(), Bank, later, AccountNumber.Parse("bank-a:3"), null, Yuan(100), TransferMeans.CashWithdrawal, null));
        Expect("cn.pboc261.dormant-accounts", Bank, null, occasions: 3, faults: 1, At("2026-01-01T00:00:00Z"), At("2026-12-01T00:00:00Z"));
    }

    [Fact]
    public void No_account_is_asleep_before_its_member_told_of_payments_for_six_months()
    {
        var longAgo = At("2020-03-02T04:00:00Z");
        board.Take(new AccountOpening(Id(), Bank, longAgo, AccountNumber.Parse("bank-a:1"), AccountKind.Personal, IdentityCheck.Verified, Person(1), null, null, null));
        Pay_("bank-a:9", "bank-b:1", 1, Noon);
        Pay_("bank-a:1", "bank-b:1", 1, Noon + TimeSpan.FromDays(30));
        Expect("cn.pboc261.dormant-accounts", Bank, null, occasions: 0, faults: 0, longAgo, At("2026-12-01T00:00:00Z"));
    }

    [Fact]
    public void Nine_tenths_of_a_large_sum_gone_within_the_hour_is_a_fault_and_a_small_sum_no_occasion()
    {
        foreach (var account in new[] { "bank-a:1", "bank-a:2", "bank-a:3" }) OpenAccount(account, IdentityCheck.Verified, person: 1, branch: "br-1");
        foreach (var (account, inYuan, outYuan) in new[] { ("bank-a:1", 10_000, 9_000), ("bank-a:2", 10_000, 8_999), ("bank-a:3", 9_999, 9_999) })
        {
            Pay_("bank-b:1", account, inYuan, Noon);
            Pay_(account, "bank-b:2", outYuan, Noon + TimeSpan.FromMinutes(60));
        }
        Pay_("bank-b:1", "bank-b:2", 1, Noon + TimeSpan.FromHours(3));
        Expect("cn.atf.18.suspicious-transactions", Bank, "br-1", occasions: 2, faults: 1);
    }

    [Fact]
    public void Sums_that_come_in_while_the_first_may_still_leave_are_one_occasion()
    {
        OpenAccount("bank-a:1", IdentityCheck.Verified, person: 1, branch: null);
        Pay_("bank-b:1", "bank-a:1", 10_000, Noon);
        Pay_("bank-b:1", "bank-a:1", 10_000, Noon + TimeSpan.FromMinutes(20));
        Pay_("bank-a:1", "bank-b:2", 10_000, Noon + TimeSpan.FromMinutes(30));
        Pay_("bank-b:1", "bank-b:2", 1, Noon + TimeSpan.FromHours(3));
        Expect("cn.atf.18.suspicious-transactions", Bank, null, occasions: 1, faults: 0);
    }

    [Fact]
    public void A_payment_through_a_pool_counts_where_the_pool_s_own_institution_tells_it()
    {
        OpenAccount("pay-a:pool", IdentityCheck.Verified, person: 1, branch: null, AccountKind.Pool);
        var pool = AccountNumber.Parse("pay-a:pool");
        board.Take(new Transfer(Id(), Pay, Noon, pool, AccountNumber.Parse("bank-a:1"), Yuan(5), TransferMeans.Account, null));
        board.Take(new Transfer(Id(), Pay, Noon, AccountNumber.Parse("bank-a:1"), pool, Yuan(5), TransferMeans.Account, "r-1"));
        board.Take(new Transfer(Id(), Bank, Noon, AccountNumber.Parse("bank-a:1"), pool, Yuan(5), TransferMeans.Account, null));
        Expect("cn.atf.19.transaction-data", Pay, null, occasions: 2, faults: 1);
    }

    [Theory]
    [InlineData(29, null, 1, 0)]
    [InlineData(31, null, 1, 1)]
    [InlineData(null, null, 1, 1)]
    [InlineData(null, 10, 0, 0)]
    [InlineData(null, 45, 1, 1)]
    public void A_stop_is_acknowledged_within_half_an_hour_or_withdrawn_before(int? acknowledged, int? ended, int occasions, int faults)
    {
        var fact = new OrderFact("S-1", OrderKind.StopPayment, Bank, Noon)
        {
            AcknowledgedAt = acknowledged is { } a ? Noon + TimeSpan.FromMinutes(a) : null, EndedAt = ended is { } e ? Noon + TimeSpan.FromMinutes(e) : null,
        };
        board.Take(fact, Noon + TimeSpan.FromHours(2));
        Expect("cn.atf.20.stop-payment", Bank, null, occasions, faults);
    }

    [Fact]
    public void An_order_nobody_answers_becomes_a_fault_when_its_time_is_over_and_a_late_answer_leaves_it_one()
    {
        var fact = new OrderFact("E-1", OrderKind.Enquiry, Pay, Noon) { AnswerDue = Noon + TimeSpan.FromHours(24) };
        board.Take(fact, Noon);
        board.Advance(Noon + TimeSpan.FromHours(24));
        Expect("cn.ours.enquiry-answered", Pay, null, occasions: 0, faults: 0);
        board.Advance(Noon + TimeSpan.FromHours(25));
        Expect("cn.ours.enquiry-answered", Pay, null, occasions: 1, faults: 1);
        Assert.Equal(["order:E-1"], board.Faults(new ControlSubject("cn.ours.enquiry-answered", Pay, null), Noon, Instant.Max, 10));
        board.Take(fact with { AnsweredAt = Noon + TimeSpan.FromHours(30) }, Noon + TimeSpan.FromHours(31));
        Expect("cn.ours.enquiry-answered", Pay, null, occasions: 1, faults: 1);
        board.Take(fact with { AnsweredAt = Noon + TimeSpan.FromHours(2) }, Noon + TimeSpan.FromHours(31));
        Expect("cn.ours.enquiry-answered", Pay, null, occasions: 1, faults: 0);
        Assert.Empty(board.Faults(new ControlSubject("cn.ours.enquiry-answered", Pay, null), Noon, Instant.Max, 10));
    }

    [Fact]
    public void A_member_of_a_sector_that_does_not_owe_the_duty_is_not_counted()
    {
        board.Take(new Subscription(Id(), Bank, Noon, Phone("+8613800000001"), LineKind.Mobile, IdentityCheck.NotVerified, null, null, null));
        board.Take(new Subscription(Id(), MemberCode.Parse("who-a"), Noon, Phone("+8613800000002"), LineKind.Mobile, IdentityCheck.NotVerified, null, null, null));
        Assert.Empty(board.Standings(Noon));
    }

    [Fact]
    public void One_bad_reseller_is_named_itself_and_bad_ones_all_over_name_the_operator()
    {
        for (var n = 0; n < 120; n++)
        {
            Open($"+86138{n:D8}", n % 5 == 0 ? IdentityCheck.NotVerified : IdentityCheck.Verified, person: n, agent: "bad");
            Open($"+86139{n:D8}", IdentityCheck.Verified, person: n + 1000, agent: "good-1");
            Open($"+86137{n:D8}", IdentityCheck.Verified, person: n + 2000, agent: "good-2");
        }
        var found = Assert.Single(board.Burnt(Noon + TimeSpan.FromHours(1)));
        Assert.Equal(("cn.atf.9.real-name-line", "bad", 24, 120), (found.Subject.Duty, found.Subject.Unit, found.Faults, found.Occasions));
        Assert.Equal(24, found.Evidence.Length);
        for (var n = 0; n < 120; n++) Open($"+86136{n:D8}", n % 5 == 0 ? IdentityCheck.NotVerified : IdentityCheck.Verified, person: n + 3000, agent: $"good-{1 + (n % 2)}");
        Assert.Null(Assert.Single(board.Burnt(Noon + TimeSpan.FromHours(1))).Subject.Unit);
    }

    [Fact]
    public void A_slip_of_the_pen_in_few_occasions_is_no_loophole()
    {
        Open("+8613800000001", IdentityCheck.NotVerified, person: 1, agent: "small");
        Open("+8613800000002", IdentityCheck.Verified, person: 2, agent: "small");
        Assert.Empty(board.Burnt(Noon + TimeSpan.FromHours(1)));
        Assert.All(board.Standings(Noon + TimeSpan.FromHours(1)), s => Assert.Equal(ControlVerdict.TooFew, s.Verdict));
    }

    [Fact]
    public void The_month_begins_by_the_jurisdictions_clock()
    {
        Open("+8613800000001", IdentityCheck.Verified, person: 1, agent: null, at: At("2026-02-28T15:59:00Z"));
        Open("+8613800000002", IdentityCheck.Verified, person: 2, agent: null, at: At("2026-02-28T16:00:00Z"));
        var standing = board.Standings(Noon).Single(s => s.Subject.Duty == "cn.atf.9.real-name-line");
        Assert.Equal((new DateOnly(2026, 3, 1), 1L), (standing.Period, standing.Occasions));
    }

    private void Expect(string duty, MemberCode member, string? unit, long occasions, long faults, Instant? from = null, Instant? to = null)
    {
        var read = board.Read(new ControlSubject(duty, member, unit), from ?? (Noon - TimeSpan.FromDays(2)), to ?? (Noon + TimeSpan.FromDays(4)));
        Assert.Equal((occasions, faults), (read.Occasions, read.Faults));
        Assert.Equal(faults, read.Evidence.Length);
    }

    private void FromAbroad(string caller, bool roams, CallPhase phase = CallPhase.Complete) => board.Take(new Call(
        Id(), Telco, Noon, Phone(caller), Phone("+8613900000009"), CallOrigin.InternationalTrunk, roams, new Trunk("int-1"), null, 60, phase));

    private void CallOf(string caller, Instant at) =>
        board.Take(new Call(Id(), Telco, at, Phone(caller), Phone("+8613900000009"), CallOrigin.Domestic, false, null, null, 60));

    private void Open(string line, IdentityCheck identity, int person, string? agent, LineKind kind = LineKind.Mobile, Instant? at = null) =>
        board.Take(new Subscription(Id(), Telco, at ?? Noon, Phone(line), kind, identity, Person(person), agent, null));

    private void OpenAccount(string account, IdentityCheck identity, int person, string? branch, AccountKind kind = AccountKind.Personal)
    {
        var number = AccountNumber.Parse(account);
        board.Take(new AccountOpening(Id(), number.Member, Noon - TimeSpan.FromHours(1), number, kind, identity, Person(person), null, null, branch));
    }

    private void Pay_(string from, string to, long yuan, Instant at) => board.Take(new Transfer(
        Id(), AccountNumber.Parse(from).Member, at, AccountNumber.Parse(from), AccountNumber.Parse(to), Yuan(yuan), TransferMeans.Account, null));

    private SignalId Id() => new($"s{++told}");

    private static Amount Yuan(long yuan) => new(yuan * 100, Currency.Cny);

    private static PersonToken Person(int n) => new(1, (UInt128)(uint)n);

    private static PhoneNumber Phone(string text) => PhoneNumber.TryParse(text, out var number) ? number : throw new ArgumentException(text);

    private static Instant At(string text) => Instant.TryParse(text, out var at) ? at : throw new ArgumentException(text);
}
