using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Screening;

/// <summary>
/// Which lines or accounts a person holds, in all and at each member; a thing is known by its number in its register, a member by its
/// number too. Each thing lies in a list of its holder at one member and knows its neighbours there, so that it leaves in the same
/// short time however much the person holds.
/// </summary>
internal sealed class Holdings
{
    private const int None = -1;

    private readonly IdentifierIndex persons = new(texts: false);
    private readonly IdentifierIndex places = new(texts: false);
    private readonly ChunkedList<Holder> holders = new();
    private readonly ChunkedList<Place> held = new();
    private readonly ChunkedList<Link> links = new();
    private readonly KeyBatch key = new();

    /// <summary>How many things a person holds.</summary>
    public int CountOf(PersonToken person) => HolderOf(person) is var holder and >= 0 ? holders[holder].Count : 0;

    /// <summary>How many things a person holds at a member.</summary>
    public int CountOf(PersonToken person, int member) => PlaceOf(person, member) is var place and >= 0 ? held[place].Count : 0;

    /// <summary>The things a person holds at a member, in no order.</summary>
    public IEnumerable<int> Of(PersonToken person, int member) => PlaceOf(person, member) is var place and >= 0 ? Walk(place) : [];

    /// <summary>The things a person holds, in no order.</summary>
    public IEnumerable<int> Of(PersonToken person)
    {
        if (HolderOf(person) is not (var holder and >= 0)) yield break;
        for (var place = holders[holder].First; place >= 0; place = held[place].Next)
            foreach (var thing in Walk(place)) yield return thing;
    }

    /// <summary>Brings near what is counted of persons.</summary>
    public void LookAheadTo(KeyBatch keys, Span<int> rows)
    {
        persons.Find(keys, rows);
        foreach (var row in rows[..keys.Count]) holders.LookAheadTo(row);
    }

    /// <summary>A person holds a thing from now on. Nobody held it before, or it was left.</summary>
    public void Join(int thing, PersonToken person, int member)
    {
        var place = Intern(person, member);
        links.Ensure(thing + 1, new Link(None, None, None));
        ref var at = ref held[place];
        links[thing] = new Link(place, None, at.First);
        if (at.First >= 0) links[at.First] = links[at.First] with { Before = thing };
        at.First = thing;
        at.Count++;
        holders[at.Holder].Count++;
    }

    /// <summary>Nobody holds a thing from now on.</summary>
    public void Leave(int thing)
    {
        if (thing >= links.Count || links[thing] is not { Place: >= 0 } link) return;
        links[thing] = new Link(None, None, None);
        ref var at = ref held[link.Place];
        if (link.Before >= 0) links[link.Before] = links[link.Before] with { After = link.After };
        else at.First = link.After;
        if (link.After >= 0) links[link.After] = links[link.After] with { Before = link.Before };
        at.Count--;
        holders[at.Holder].Count--;
    }

    public void Save(SnapshotWriter to)
    {
        persons.Save(to);
        places.Save(to);
        holders.Save(to);
        held.Save(to);
        links.Save(to);
    }

    /// <summary>Fills empty holdings.</summary>
    /// <param name="from">The bytes.</param>
    /// <param name="things">How many things the register has.</param>
    public void Load(ref SnapshotReader from, int things)
    {
        persons.Load(ref from);
        places.Load(ref from);
        holders.Load(ref from);
        held.Load(ref from);
        links.Load(ref from);
        if (persons.Count != persons.Rows || places.Count != places.Rows || persons.Rows != holders.Count || places.Rows != held.Count || links.Count > things) throw Astray();
        for (var i = 0; i < holders.Count; i++)
            if (!IsPlace(holders[i].First, held.Count) || holders[i].Count < 0) throw Astray();
        for (var i = 0; i < held.Count; i++)
            if (held[i].Holder < 0 || held[i].Holder >= holders.Count || !IsPlace(held[i].Next, i) || !IsPlace(held[i].First, links.Count) || held[i].Count < 0) throw Astray();
        for (var i = 0; i < links.Count; i++)
            if (!IsPlace(links[i].Place, held.Count) || !IsPlace(links[i].Before, links.Count) || !IsPlace(links[i].After, links.Count)) throw Astray();
    }

    private static FormatException Astray() => new("A snapshot's holdings lead astray.");

    private static bool IsPlace(int place, int count) => place >= None && place < count;

    // By the count and not to the end: a walk ends whatever a snapshot said.
    private IEnumerable<int> Walk(int place)
    {
        var thing = held[place].First;
        for (var left = held[place].Count; left > 0 && thing >= 0; left--, thing = links[thing].After) yield return thing;
    }

    private int HolderOf(PersonToken person)
    {
        key.Clear();
        key.Add(person);
        return persons.Find(key, 0);
    }

    private int PlaceOf(PersonToken person, int member)
    {
        var holder = member < 0 ? None : HolderOf(person);
        if (holder < 0) return None;
        SetPlace(holder, member);
        return places.Find(key, 0);
    }

    private int Intern(PersonToken person, int member)
    {
        key.Clear();
        key.Add(person);
        var holder = persons.Intern(key, 0);
        holders.Ensure(holder + 1, new Holder { First = None });
        SetPlace(holder, member);
        var place = places.Intern(key, 0);
        if (place < held.Count) return place;
        held.Add(new Place { Holder = holder, First = None, Next = holders[holder].First });
        holders[holder].First = place;
        return place;
    }

    private void SetPlace(int holder, int member)
    {
        key.Clear();
        key.AddNumber((uint)member, (uint)holder, 0);
    }

    /// <summary>A person: at how many members' places something lay, and how many things are held.</summary>
    private struct Holder
    {
        public int First;
        public int Count;
    }

    /// <summary>A person at a member.</summary>
    private struct Place
    {
        public int Holder;

        /// <summary>The person's place at another member, or -1.</summary>
        public int Next;

        /// <summary>The thing that came last, or -1.</summary>
        public int First;
        public int Count;
    }

    private readonly record struct Link(int Place, int Before, int After);
}
