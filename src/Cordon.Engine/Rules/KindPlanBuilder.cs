using System.Globalization;
using Cordon.Engine.Rules.Cel;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Rules;

/// <summary>Collects the reads of all expressions over one kind of signal. One read has one slot, however many conditions ask it.</summary>
internal sealed class KindPlanBuilder
{
    private readonly SignalKind kind;
    private readonly IReadOnlyDictionary<string, Window> windows;
    private readonly IReadOnlyDictionary<string, EntryList> lists;
    private readonly Dictionary<string, Slot> slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slot> byText = new(StringComparer.Ordinal);
    private readonly List<RegisterRead> registers = [];
    private readonly Dictionary<string, IdentifierPath> paths = new(StringComparer.Ordinal);
    private readonly List<WindowRead> before = [];
    private readonly List<WindowRead> after = [];
    private readonly List<WindowFeed> feeds = [];
    private readonly List<CompiledRule> rules = [];
    private int numbers;
    private int objects;

    public KindPlanBuilder(
        SignalKind kind, Currency currency, IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, Window> windows,
        IReadOnlyDictionary<string, EntryList> lists)
    {
        (this.kind, this.windows, this.lists) = (kind, windows, lists);
        Code = new ConditionCode(kind, currency, slots, parameters);
    }

    public ConditionCode Code { get; }

    /// <summary>The tree with every read replaced by the variable of its slot; what cannot be looked up beforehand is a fault.</summary>
    public CelChecked Rewrite(CelChecked expression, List<CelFault> faults) => expression.Rewrite(node => Replace(node, expression.Source, faults));

    /// <summary>The path that an identifier expression is; null with a fault where it is none.</summary>
    public IdentifierPath? PathOf(CelChecked rewritten, List<CelFault> faults) => PathOf(rewritten.Root, rewritten.Source, faults);

    public void Add(WindowFeed feed)
    {
        feed.Path.Want(feed.Window, isFed: true);
        feeds.Add(feed);
    }

    public void Add(Rule rule, int place, CelChecked tree, ReasonTemplates reason)
    {
        var money = tree.Nodes.Any(n => n.Type.Clr == typeof(Amount));
        rules.Add(new CompiledRule(rule, place, Code.Compile<bool>(tree), tree, money, reason));
    }

    public KindPlan ToPlan()
    {
        foreach (var path in paths.Values) path.Close(before, feeds, after);
        return new(kind, [.. registers], [.. paths.Values], [.. before], [.. feeds], [.. after], [.. rules], [.. slots.Values.OrderBy(s => s.IsObject).ThenBy(s => s.Place)], Code);
    }

    private CelNode? Replace(CelNode node, string source, List<CelFault> faults) => node switch
    {
        CelSelect { Operand: CelCall { Arguments: [var inner] } } select when RegisterVocabulary.IsRead(select, out var read) =>
            FieldRead(select, read, Inner(inner, source, faults), source, faults),
        CelCall { Arguments: [var one] } call when RegisterVocabulary.IsRead(call, out var read) => OneRead(call, read, Inner(one, source, faults), source, faults),
        CelCall { Arguments: [var one, var two] } call when RegisterVocabulary.IsRead(call, out var read) =>
            PairRead(call, read, Inner(one, source, faults), Inner(two, source, faults), source, faults),
        CelCall { Function: "@in", Overloads: [{ Emit: null }], Arguments: [var entry, CelVariable list] } call =>
            ListRead(call, Inner(entry, source, faults), list.Name, source, faults),
        CelCall { Arguments: [var by] } call when windows.TryGetValue(call.Function, out var window) => AskWindow(call, window, Inner(by, source, faults), source, faults),
        _ => null,
    };

    private CelNode Inner(CelNode node, string source, List<CelFault> faults) => Rewrite(new CelChecked(source, node), faults).Root;

    private CelNode FieldRead(CelNode node, ReadKind read, CelNode argument, string source, List<CelFault> faults)
    {
        var name = read switch
        {
            ReadKind.LineSince or ReadKind.AccountSince => "since",
            ReadKind.LineAge or ReadKind.AccountAge => "age",
            _ => "idle",
        };
        var owner = read is ReadKind.LineSince or ReadKind.LineAge ? "line" : "account";
        if (!IsPath(argument, faults)) return node;
        return SlotFor(node, $"{owner}({Describe(argument)}).{name}", place =>
        {
            var expression = new CelChecked(source, argument);
            registers.Add(owner == "line"
                ? new NumberRead<PhoneNumber>(Code.Compile<PhoneNumber>(expression), place, RegisterLookups.OfLine(read))
                : new NumberRead<AccountNumber>(Code.Compile<AccountNumber>(expression), place, RegisterLookups.OfAccount(read, kind)));
        }, mayBeUntold: true);
    }

    private CelNode OneRead(CelCall call, ReadKind read, CelNode argument, string source, List<CelFault> faults)
    {
        if (!IsPath(argument, faults)) return call;
        return SlotFor(call, $"{call.Function}({Describe(argument)})", place =>
        {
            var expression = new CelChecked(source, argument);
            registers.Add(read switch
            {
                ReadKind.Line => new ObjectRead<PhoneNumber>(Code.Compile<PhoneNumber>(expression), place, static (k, phone) => k.Lines.Find(phone)),
                ReadKind.Account => new ObjectRead<AccountNumber>(Code.Compile<AccountNumber>(expression), place, static (k, account) => k.Accounts.Find(account)),
                ReadKind.TalkingTo => new NumberRead<PhoneNumber>(Code.Compile<PhoneNumber>(expression), place, static (k, phone, at) => k.Talks.OtherEnd(phone, at).Digits),
                ReadKind.LinesOf => new NumberRead<PersonToken>(Code.Compile<PersonToken>(expression), place, static (k, person, _) => k.Lines.CountOf(person)),
                _ => new NumberRead<PersonToken>(Code.Compile<PersonToken>(expression), place, static (k, person, _) => k.Accounts.CountOf(person)),
            });
        });
    }

    private CelNode PairRead(CelCall call, ReadKind read, CelNode person, CelNode member, string source, List<CelFault> faults)
    {
        if (!IsPath(person, faults) || (member is not CelConstant && !IsPath(member, faults))) return call;
        return SlotFor(call, $"{call.Function}({Describe(person)}, {Describe(member)})", place =>
        {
            var who = Code.Compile<PersonToken>(new CelChecked(source, person));
            var where = Code.Compile<string>(new CelChecked(source, member));
            registers.Add(read == ReadKind.LinesAt
                ? new CountRead(who, where, place, static (k, p, m) => k.Lines.CountOf(p, m))
                : new CountRead(who, where, place, static (k, p, m) => k.Accounts.CountOf(p, m)));
        });
    }

    private CelNode ListRead(CelCall call, CelNode entry, string listName, string source, List<CelFault> faults)
    {
        if (!IsPath(entry, faults)) return call;
        var list = lists[listName];
        return SlotFor(call, $"{Describe(entry)} in {listName}", place =>
        {
            var expression = new CelChecked(source, entry);
            registers.Add(entry.Type.Clr switch
            {
                var t when t == typeof(PhoneNumber) => new NumberRead<PhoneNumber>(Code.Compile<PhoneNumber>(expression), place, (k, e, at) => list.Has(e, k.Lists, at) ? 1 : 0),
                var t when t == typeof(AccountNumber) => new NumberRead<AccountNumber>(Code.Compile<AccountNumber>(expression), place, (k, e, at) => list.Has(e, k.Lists, at) ? 1 : 0),
                var t when t == typeof(Domain) => new NumberRead<Domain>(Code.Compile<Domain>(expression), place, (k, e, at) => list.Has(e, k.Lists, at) ? 1 : 0),
                var t when t == typeof(PersonToken) => new NumberRead<PersonToken>(Code.Compile<PersonToken>(expression), place, (k, e, at) => list.Has(e, k.Lists, at) ? 1 : 0),
                _ => new NumberRead<Device>(Code.Compile<Device>(expression), place, (k, e, at) => list.Has(e, k.Lists, at) ? 1 : 0),
            });
        });
    }

    private CelNode AskWindow(CelCall call, Window window, CelNode by, string source, List<CelFault> faults)
    {
        if (PathOf(by, source, faults) is not { } path) return call;
        path.Want(window, isFed: false);
        return SlotFor(call, $"{window.Id}({path.Text})", place => (window.IsBefore ? before : after).Add(new WindowRead(window, path, place)), window.MayBeEmpty);
    }

    private IdentifierPath? PathOf(CelNode node, string source, List<CelFault> faults)
    {
        if (!IsPath(node, faults)) return null;
        var text = Describe(node);
        if (paths.TryGetValue(text, out var known)) return known;
        var expression = new CelChecked(source, node);
        var (space, add) = node.Type.Clr switch
        {
            var t when t == typeof(PhoneNumber) => (IdentifierSpace.Phone, Adding(Code.Compile<PhoneNumber>(expression), static (keys, _, phone) => keys.Add(phone))),
            var t when t == typeof(AccountNumber) => (IdentifierSpace.Account, Adding(Code.Compile<AccountNumber>(expression), static (keys, _, account) => keys.Add(account))),
            var t when t == typeof(PersonToken) => (IdentifierSpace.Person, Adding(Code.Compile<PersonToken>(expression), static (keys, _, person) => keys.Add(person))),
            var t when t == typeof(Device) => (IdentifierSpace.Device, Adding(Code.Compile<Device>(expression), static (keys, _, device) => keys.Add(device))),
            var t when t == typeof(Trunk) => (IdentifierSpace.Trunk, Adding(Code.Compile<Trunk>(expression), static (keys, _, trunk) => keys.AddText(trunk.Name))),
            var t when t == typeof(Domain) => (IdentifierSpace.Domain, Adding(Code.Compile<Domain>(expression), static (keys, _, domain) => keys.AddText(domain.Name))),
            _ => (IdentifierSpace.Code, Adding(Code.Compile<string>(expression), static (keys, signal, code) => keys.AddText(signal.Member.ToString(), code))),
        };
        return paths[text] = new IdentifierPath(text, space, paths.Count, add);
    }

    private static Action<Signal, RuleFrame, KeyBatch> Adding<T>(SignalReading<T> read, Action<KeyBatch, Signal, T> add) =>
        (signal, frame, keys) => add(keys, signal, read(signal, frame, out _));

    private CelNode SlotFor(CelNode node, string text, Action<int> fill, bool mayBeUntold = false)
    {
        if (!byText.TryGetValue(text, out var slot))
        {
            var place = Slot.IsObjectType(node.Type) ? objects++ : numbers++;
            slot = new Slot("@" + slots.Count.ToString(CultureInfo.InvariantCulture), text, node.Type, place);
            byText.Add(text, slot);
            slots.Add(slot.Name, slot);
            fill(place);
        }
        var variable = CelChecked.Slot(node, slot.Name);
        return mayBeUntold ? Untold.Checked(variable) : variable;
    }

    // What is asked has to be known before any condition runs: a field of the signal, a field of a register, or who talks with a line.
    private bool IsPath(CelNode node, List<CelFault> faults)
    {
        var holds = node switch
        {
            CelSelect { Operand: CelVariable root } => root.Name == SignalVocabulary.NameOf(kind) || slots.ContainsKey(root.Name),
            CelVariable variable => slots.TryGetValue(variable.Name, out var slot) && !slot.IsObject && !slot.Text.StartsWith('('),
            _ => false,
        };
        if (!holds)
            faults.Add(new CelFault(node.At.Line, node.At.Column, "Registers, lists and windows are asked about a field of the signal, a field of line(…) or account(…), or talking_to(…), and about nothing computed."));
        return holds;
    }

    private string Describe(CelNode node) => node switch
    {
        CelSelect select => $"{Describe(select.Operand)}.{select.Field}",
        CelVariable variable => slots.TryGetValue(variable.Name, out var slot) ? slot.Text : variable.Name,
        CelConstant constant => $"\"{constant.Value}\"",
        _ => "?",
    };
}
